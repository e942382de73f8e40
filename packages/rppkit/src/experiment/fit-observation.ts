import type { Dataset } from '@rppkit/datasets';
import {
  createHashedText,
  createLastRanking,
  createLastRoundEncoders,
  fitHistoryStatistics,
  fitItemEmbedding,
  fitUserEmbedding,
} from '@rppkit/env';
import type { PatternSpace } from '@rppkit/patterns';
import { createLightGcn, createTaskInteractions } from '@rppkit/recommenders';
import type { Encoder } from '@rppkit/spec';
import type { ExperimentConfig } from './experiment-config.ts';
import type { ExperimentTasks } from './prepare-tasks.ts';

export interface FitObservationOptions {
  readonly config: Pick<ExperimentConfig, 'observation' | 'rounds' | 'seed'>;
  readonly dataset: Dataset;
  readonly tasks: ExperimentTasks;
  readonly space: PatternSpace;
  readonly log: (line: string) => void;
}

/** Of each of the three parts of the reference observation. */
const dimensions = 64;
/** Few passes with large steps: the vectors need not recommend well, and every command that needs them fits them anew. */
const lightGcn = { dimensions, epochs: 20, learningRate: 0.01 };

/**
 * What a policy sees. `default`: statistics of the history, and with several rounds the choices of the round before, how its
 * answer could be read and how far the episode is. `reference`, 64 values each: a LightGCN embedding of the user (and one more
 * that says whether the user is known), hashed words of the last prompt, and the last ranking through item embeddings, best
 * ranks weighing most. Nothing is learned of report users: they are guessed from the items of their histories, as live users are.
 */
export async function fitObservation({
  config: { observation, rounds, seed },
  dataset,
  tasks,
  space,
  log,
}: FitObservationOptions): Promise<readonly Encoder[]> {
  const train = tasks.train.map(({ task }) => task);
  if (observation === 'default') {
    const statistics = fitHistoryStatistics(train);
    return rounds === 1 ? [statistics] : [statistics, ...createLastRoundEncoders(space)];
  }
  const learned = createTaskInteractions(dataset, { tasks: train, users: tasks.rest });
  const { epochs } = lightGcn;
  log(
    `User and item embeddings: LightGCN, ${epochs} passes over ${learned.item.length.toLocaleString('en-US')} interactions`,
  );
  const fitted = await createLightGcn(lightGcn).fit(learned, {
    seed,
    // Lets Ctrl-C have its turn.
    onProgress: () => new Promise<void>((resolve) => setImmediate(resolve)),
  });
  const items = dataset.log.items.map(({ id }) => id);
  const itemTable = fitted.itemEmbeddings!;
  return [
    fitUserEmbedding(train, { table: fitted.userEmbeddings!, itemTable, items }),
    createHashedText({ source: 'last-prompt', dimensions }),
    createLastRanking({ embedding: fitItemEmbedding(train, { table: itemTable, items }) }),
  ];
}
