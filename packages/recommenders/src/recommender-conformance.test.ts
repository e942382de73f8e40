import { createPopularity, createRandomRecommender, loadRecommender } from './index.ts';
import { describeRecommender } from './testing/index.ts';

describeRecommender({ name: 'random', create: createRandomRecommender, load: loadRecommender, seeded: true });
describeRecommender({ name: 'popularity', create: createPopularity, load: loadRecommender, personal: false });
describeRecommender({
  name: 'recent popularity',
  create: () => createPopularity({ halfLifeDays: 30 }),
  load: loadRecommender,
  personal: false,
});
