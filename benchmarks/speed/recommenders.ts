import {
  createAls,
  createBpr,
  createItemKnn,
  createLightGcn,
  createSpectralEmbedding,
  createSplitInteractions,
  type FittedRecommender,
  type Recommender,
  type TrainingInteractions,
} from '@rppkit/recommenders';
import { createRandomStream, type RankingTask, sampleDistinct } from '@rppkit/spec';
import { type BenchContext, type BenchOutcome, type DirectBench, defineBench } from '../harness/bench.ts';
import { measureBestTime } from '../harness/measure-time.ts';
import { generateInteractions } from '../recommenders/generate-interactions.ts';
import { hasMovielens, loadSplit } from '../recommenders/load-split.ts';

const million = 1_000_000;
const sizes = [1, 2, 4];
const runs = 2;
const scoredUsers = 10_000;

/** What is timed on generated interactions; figures are seconds at one million. */
const timed: Readonly<Record<string, { readonly title: string; readonly create: () => Recommender }>> = {
  spectral: { title: 'spectral embedding, 64 dimensions', create: () => createSpectralEmbedding({ dimensions: 64 }) },
  als: {
    title: 'ALS, 64 dimensions, 10 iterations',
    create: () => createAls({ dimensions: 64, iterations: 10 }),
  },
  itemKnn: { title: 'item-kNN', create: () => createItemKnn() },
  bprEpoch: { title: 'BPR, 64 dimensions, one epoch', create: () => createBpr({ dimensions: 64, epochs: 1 }) },
};

const speedRecommenders: DirectBench = defineBench({
  name: 'speed/recommenders',
  purpose: 'Time to fit recommenders on one to four million interactions, and to score tasks, in one process.',
  async run({ mode, log }: BenchContext): Promise<BenchOutcome> {
    const quick = mode === 'quick';
    const unit = quick ? 20_000 : million;
    // Growth is shown in the committed result; targets are about one million.
    const measuredSizes = mode === 'full' ? sizes : [1];
    const figures: Record<string, number> = {};
    const rows: (string | number)[][] = [];
    let scored: { readonly fitted: FittedRecommender; readonly interactions: TrainingInteractions } | undefined;
    for (const size of measuredSizes) {
      const interactions = generateInteractions(size * unit);
      for (const [figure, { title, create }] of Object.entries(timed)) {
        log(`${title}, ${interactions.item.length} interactions`);
        const seconds = await measureSeconds(size === 1 && !quick ? runs : 1, async () => {
          const fitted = await create().fit(interactions, { seed: 1 });
          if (figure === 'spectral' && size === 1) scored = { fitted, interactions };
        });
        if (size === 1) figures[`${figure}Seconds`] = seconds;
        rows.push([title, `${interactions.item.length} interactions`, seconds]);
      }
    }
    const dataName = hasMovielens() ? 'ml-100k' : 'synthetic';
    const { dataset, split } = await loadSplit(dataName);
    const train = createSplitInteractions(dataset, split, 'train');
    log(`LightGCN, ${dataName}`);
    const epochs = quick ? 1 : 3;
    const epochSeconds =
      (await measureSeconds(1, async () => {
        await createLightGcn({ epochs }).fit(train, { seed: 1 });
      })) / epochs;
    // Elsewhere there is no such figure, and the target says what it needs.
    if (hasMovielens()) figures['lightGcnEpochSeconds'] = epochSeconds;
    rows.push(['LightGCN, defaults, one epoch', `${dataName}, ${train.item.length} interactions`, epochSeconds]);

    log('scoring');
    const { fitted, interactions } = scored!;
    const tasks = createTasks(interactions);
    figures['scoringSeconds'] = await measureSeconds(quick ? 1 : runs, async () => {
      for (const task of tasks) fitted.score(task);
    });
    rows.push([`scoring 10 candidates for ${scoredUsers} users, spectral`, 'new users', figures['scoringSeconds']]);
    return { figures, table: { columns: ['measurement', 'data', 'seconds'], rows } };
  },
});

export default speedRecommenders;

async function measureSeconds(times: number, run: () => Promise<void>): Promise<number> {
  return (await measureBestTime(times, run)) / 1000;
}

/** New users with the last 50 items of somebody, so that each is folded in. */
function createTasks({ items, starts, item }: TrainingInteractions): readonly RankingTask[] {
  const random = createRandomStream('scored tasks');
  return Array.from({ length: scoredUsers }, (_, index) => {
    const user = index % (starts.length - 1);
    const own = item.subarray(starts[user]!, starts[user + 1]!).subarray(-50);
    return {
      id: `task ${index}`,
      user: `new ${index}`,
      history: Array.from(own, (place) => ({ item: items[place]! })),
      candidates: Array.from(sampleDistinct(random, items.length, 10), (place) => items[place]!),
    };
  });
}
