import { createFittedRecommender } from '../fitted/create-fitted-recommender.ts';
import { readState } from '../fitted/loaded-state.ts';
import { describeRecommender } from '../testing/index.ts';
import { createLightGcn, loadLightGcn } from './light-gcn.ts';

describeRecommender({
  name: 'light-gcn',
  create: () => createLightGcn({ dimensions: 12, epochs: 5, batchSize: 64 }),
  load(state) {
    const loaded = readState(state);
    return createFittedRecommender(state.kind, loaded.learned, loadLightGcn(loaded));
  },
  seeded: true,
});
