import type { Callbacks } from '@langchain/core/callbacks/manager';
import { selectBackend } from '@rppkit/backend';
import { createPatternSpace, domains, type PatternSpace } from '@rppkit/patterns';
import { createRandomStream, type Encoder, type RandomStream, type TextModel } from '@rppkit/spec';
import { type LoadedData, loadData } from '../data/load-data.ts';
import { renderSkippedLines } from '../data/skipped-lines.ts';
import { createRanker, type Ranker } from '../models/create-ranker.ts';
import { UsageError } from '../usage-error.ts';
import type { ExperimentConfig } from './experiment-config.ts';
import { fitObservation } from './fit-observation.ts';
import { type ExperimentTasks, prepareTasks } from './prepare-tasks.ts';
import { referenceLimits } from './reference-preset.ts';
import { selectPatterns } from './select-patterns.ts';

/** Everything that an experiment has before its first call. */
export interface PreparedExperiment {
  readonly data: LoadedData;
  readonly tasks: ExperimentTasks;
  readonly space: PatternSpace;
  readonly encoders: readonly Encoder[];
  readonly ranker: Ranker;
  readonly backend: string;
  /** Split by phase. */
  readonly random: RandomStream;
}

const backends = ['node', 'wasm', 'cpu'] as const;

/** What ranks, where it is more than the name in the configuration. */
export interface ModelOptions {
  /** In place of the model that the configuration names; taken for one that costs something. */
  readonly model?: TextModel | undefined;
  /** Callbacks of LangChain, told of every call of a `provider:name` model. */
  readonly callbacks?: Callbacks | undefined;
}

/**
 * Loads data, draws tasks, fits encoders, opens the model and picks the backend; writes nothing but lines to `log`. A run that
 * goes on needs the `backend` that it began with: others round differently.
 */
export async function prepareExperiment(
  config: ExperimentConfig,
  {
    log,
    backend: wanted,
    mostReportUsers,
    model,
    callbacks,
  }: ModelOptions & {
    readonly log: (line: string) => void;
    readonly backend?: string | undefined;
    /** Where the configuration does not say how many; default as `prepareTasks`. */
    readonly mostReportUsers?: number;
  },
): Promise<PreparedExperiment> {
  const random = createRandomStream(config.seed);
  const data = await loadData(config.data, config.seed);
  for (const line of renderSkippedLines(data.skipped)) log(line);
  if (data.dataset.order === 'none') {
    throw new UsageError(
      `Expected to know what orders the interactions of a user of ${data.dataset.name}, received no order. Declare it with --order column if rows or counts give it.`,
    );
  }
  const tasks = prepareTasks(data.dataset, config, random.split('tasks'), mostReportUsers);
  const space = createPatternSpace({ domain: domains[config.domain].en, patterns: selectPatterns(config) });
  const ranker: Ranker =
    model === undefined
      ? await createRanker({
          name: config.model,
          temperature: config.temperature,
          dataset: data.dataset,
          callbacks,
          synthetic: config.data.kind === 'synthetic',
          outsiders: tasks.rest,
        })
      : { model, free: false };
  const { name: backend } = await selectBackend(
    backends.filter((name) => wanted === undefined || name === wanted),
    {
      log,
      // The optional native backend is a dependency of this package, not of @rppkit/backend.
      loaders: { node: () => import('@tensorflow/tfjs-node') },
    },
  );
  const { users, items, user } = data.dataset.log;
  const format = (count: number): string => count.toLocaleString('en-US');
  log(
    `Data: ${data.dataset.name}, ${format(users.length)} users, ${format(items.length)} items, ${format(user.length)} interactions`,
  );
  log(`Users: ${format(tasks.train.length)} to train on, ${format(tasks.report.length)} others to report on`);
  log(`Model: ${ranker.model.id}`);
  if (config.preset !== undefined) log(referenceLimits);
  const encoders = await fitObservation({ config, dataset: data.dataset, tasks, space, log });
  return { data, tasks, space, encoders, ranker, backend, random };
}
