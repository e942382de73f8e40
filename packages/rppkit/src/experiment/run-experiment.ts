import { selectBackend } from '@rppkit/backend';
import { type Encoder, fitHistoryStatistics } from '@rppkit/env';
import {
  createPatternSpace,
  decodeJointAction,
  defaultPatterns,
  encodeJointAction,
  movies,
  type PatternSpace,
  products,
} from '@rppkit/patterns';
import type { PolicyFile } from '@rppkit/policy';
import {
  type BestFixedPrompt,
  type ContextOracle,
  findBestFixedPrompt,
  fitContextOracle,
  planBestFixedPrompt,
} from '@rppkit/search';
import { createRandomStream, type RandomStream } from '@rppkit/spec';
import { type LoadedData, loadData } from '../data/load-data.ts';
import { createRanker, type Ranker } from '../models/create-ranker.ts';
import { renderReport } from '../report/render-report.ts';
import { readPolicy } from '../run-folder/read-run.ts';
import type { RunFolder, RunManifest } from '../run-folder/run-folder.ts';
import type { Progress } from '../terminal/progress.ts';
import { InterruptedError } from '../usage-error.ts';
import { getVersions } from '../versions.ts';
import { collectExamples } from './collect-examples.ts';
import { describeVerdict } from './describe-verdict.ts';
import { evaluatePolicy } from './evaluate-policy.ts';
import type { ExperimentConfig } from './experiment-config.ts';
import { type ExperimentContext, runPhase } from './experiment-context.ts';
import { countEvaluatedPrompts, countUpdates, describePlan, planCalls } from './plan-calls.ts';
import { type ExperimentTasks, prepareTasks } from './prepare-tasks.ts';
import type { CallPhase, ExperimentResults, LearningPoint } from './results.ts';
import { createRunModel } from './run-model.ts';
import { trainPolicy } from './train-policy.ts';

/** What an experiment needs from its surroundings. */
export interface RunOptions {
  readonly config: ExperimentConfig;
  readonly folder: RunFolder;
  /** As typed, with absolute paths made relative; goes into the manifest. */
  readonly command: string;
  /** Receives one line of text at a time. */
  readonly log: (line: string) => void;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** What is kept of training for a later evaluation: `training.json`. */
interface TrainingRecord {
  /** Number of the best fixed prompt's joint action. */
  readonly bestFixed: number;
  readonly bestFixedCalls: number;
  readonly policyCalls: number;
  readonly learningCurve: readonly LearningPoint[];
}

/** Trains RPP, evaluates it beside its bounds and controls, and writes the run folder. */
export async function runExperiment(options: RunOptions): Promise<ExperimentResults> {
  const { config, folder } = options;
  folder.write('config.json', `${JSON.stringify(config, null, 2)}\n`);
  return withManifest(options, async () => {
    const prepared = await prepareExperiment(options);
    const plan = planCalls(config, prepared.space, prepared.tasks.report.length);
    return withModel(options, prepared, plan, async (context) => {
      const bestFixed = await findBestFixed(context);
      const { file, learningCurve } = await trainPolicy(context, {
        data: prepared.data.dataset.name,
        model: prepared.ranker.model.id,
        seed: config.seed,
      });
      const record: TrainingRecord = {
        bestFixed: encodeJointAction(context.space, bestFixed.choice),
        bestFixedCalls: bestFixed.calls,
        policyCalls: countUpdates(config) * config.batchSize,
        learningCurve,
      };
      folder.write('training.json', `${JSON.stringify(record, null, 2)}\n`);
      return evaluateAndReport(options, prepared, context, file, record);
    });
  });
}

/** Evaluates the policy of an earlier run again: with more answers, or with another model. */
export async function reevaluateExperiment(options: RunOptions): Promise<ExperimentResults> {
  const { config, folder } = options;
  const file = readPolicy(folder);
  const record = folder.readJson('training.json') as TrainingRecord;
  return withManifest(options, async () => {
    const prepared = await prepareExperiment(options);
    const plan = new Map<CallPhase, number>();
    if (config.oracleAnswers > 0) plan.set('context oracle', config.oracleAnswers);
    plan.set('evaluate', prepared.tasks.report.length * countEvaluatedPrompts(config));
    return withModel(options, prepared, plan, (context) => evaluateAndReport(options, prepared, context, file, record));
  });
}

interface PreparedExperiment {
  readonly data: LoadedData;
  readonly tasks: ExperimentTasks;
  readonly space: PatternSpace;
  readonly encoders: readonly Encoder[];
  readonly ranker: Ranker;
  readonly backend: string;
  readonly random: RandomStream;
}

async function prepareExperiment({ config, folder, log }: RunOptions): Promise<PreparedExperiment> {
  const random = createRandomStream(config.seed);
  const data = await loadData(config.data, config.seed);
  const tasks = prepareTasks(data.dataset, config, random.split('tasks'));
  const space = createPatternSpace({
    domain: config.domain === 'movies' ? movies : products,
    patterns: defaultPatterns,
  });
  const ranker = await createRanker({
    name: config.model,
    temperature: config.temperature,
    dataset: data.dataset,
    outsiders: tasks.rest,
  });
  const { name: backend } = await selectBackend(['node', 'wasm', 'cpu'], {
    log,
    // The optional native backend is a dependency of this package, not of @rppkit/backend.
    loaders: { node: () => import('@tensorflow/tfjs-node') },
  });
  folder.updateManifest({
    model: ranker.model.id,
    backend,
    data: { name: data.dataset.name, checksums: data.checksums },
  });
  const { users, items, user } = data.dataset.log;
  log(
    `Data: ${data.dataset.name}, ${formatCount(users.length)} users, ${formatCount(items.length)} items, ${formatCount(user.length)} interactions`,
  );
  log(`Users: ${formatCount(tasks.train.length)} to train on, ${formatCount(tasks.report.length)} others to report on`);
  return {
    data,
    tasks,
    space,
    encoders: [fitHistoryStatistics(tasks.train.map(({ task }) => task))],
    ranker,
    backend,
    random,
  };
}

async function withModel<Result>(
  { config, folder, log, progress, signal }: RunOptions,
  { tasks, space, encoders, ranker, random }: PreparedExperiment,
  announced: ReadonlyMap<CallPhase, number>,
  work: (context: ExperimentContext) => Promise<Result>,
): Promise<Result> {
  log(`Model: ${ranker.model.id}`);
  log(describePlan(announced));
  const { calls, close } = createRunModel(ranker, { folder, announced, concurrency: config.concurrency });
  try {
    return await work({ config, folder, tasks, space, encoders, calls, random, progress, signal });
  } finally {
    await close();
  }
}

function findBestFixed(context: ExperimentContext): Promise<BestFixedPrompt> {
  const { config, tasks, space, calls, random, signal } = context;
  return runPhase(context, 'best fixed prompt', planBestFixedPrompt(config.bestFixedCalls, space).calls, () =>
    findBestFixedPrompt({
      tasks: tasks.train,
      calls: config.bestFixedCalls,
      random: random.split('best-fixed'),
      space,
      model: calls.model,
      concurrency: config.concurrency,
      signal,
    }),
  );
}

function findOracle(context: ExperimentContext): Promise<ContextOracle> {
  const { config, tasks, space, encoders, calls, random, signal } = context;
  return runPhase(context, 'context oracle', config.oracleAnswers, () =>
    fitContextOracle({
      tasks: tasks.train,
      calls: config.oracleAnswers,
      encoders,
      random: random.split('context-oracle'),
      space,
      model: calls.model,
      concurrency: config.concurrency,
      signal,
    }),
  );
}

async function evaluateAndReport(
  { config, folder, command }: RunOptions,
  { data, ranker, backend }: PreparedExperiment,
  context: ExperimentContext,
  policy: PolicyFile,
  { bestFixed, bestFixedCalls, policyCalls, learningCurve }: TrainingRecord,
): Promise<ExperimentResults> {
  const { dataset } = data;
  const oracle = config.oracleAnswers > 0 ? await findOracle(context) : undefined;
  const choice = decodeJointAction(context.space, bestFixed);
  const evaluation = await evaluatePolicy(context, {
    dataset,
    policy,
    policyCalls,
    bestFixed: { choice, calls: bestFixedCalls },
    oracle,
  });
  // Counted before the examples are asked again.
  const calls = context.calls.counts();
  const { rows, headroom, gains, patternUse, lostUsers, choices } = evaluation;
  const results: ExperimentResults = {
    schemaVersion: 1,
    run: folder.name,
    command,
    seed: config.seed,
    data: {
      name: dataset.name,
      users: dataset.log.users.length,
      items: dataset.log.items.length,
      interactions: dataset.log.user.length,
      trainUsers: context.tasks.train.length,
      reportUsers: context.tasks.report.length,
      lostUsers,
      candidates: config.candidates,
    },
    model: ranker.model.id,
    backend,
    rows,
    headroom,
    gains,
    verdict: describeVerdict({ headroom, gains }),
    learningCurve,
    patternUse,
    examples: await collectExamples(context, choices, choice),
    calls,
    versions: getVersions(),
  };
  folder.write('results.json', `${JSON.stringify(results, null, 2)}\n`);
  folder.write('report.html', await renderReport(results));
  return results;
}

/** Keeps the manifest's status true to what happens. */
async function withManifest<Result>(
  { config, folder, command, signal }: RunOptions,
  work: () => Promise<Result>,
): Promise<Result> {
  const manifest: RunManifest = {
    schemaVersion: 1,
    status: 'running',
    command,
    seed: config.seed,
    model: config.model,
    backend: '',
    data: { name: '', checksums: {} },
    versions: getVersions(),
    startedAt: new Date().toISOString(),
  };
  folder.updateManifest(manifest);
  const end = (status: RunManifest['status'], error?: string): void =>
    folder.updateManifest({ status, endedAt: new Date().toISOString(), ...(error === undefined ? {} : { error }) });
  try {
    const result = await work();
    end('done');
    return result;
  } catch (error) {
    if (signal.aborted) {
      end('interrupted');
      throw new InterruptedError();
    }
    end('failed', error instanceof Error ? error.message : String(error));
    throw error;
  }
}

function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}
