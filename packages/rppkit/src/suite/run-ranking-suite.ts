import { setMaxListeners } from 'node:events';
import { basename, dirname, join } from 'node:path';
import { createBudget } from '@rppkit/env';
import { fitControlScorers } from '@rppkit/recommenders';
import { type RankingTask, RppError, type Scorer } from '@rppkit/spec';
import { describeEstimate, estimateRun, type RunEstimate } from '../experiment/estimate-run.ts';
import type { ExperimentConfig } from '../experiment/experiment-config.ts';
import { runPhase } from '../experiment/experiment-context.ts';
import { countTrainingCalls, describePlan } from '../experiment/plan-calls.ts';
import { type PreparedExperiment, prepareExperiment } from '../experiment/prepare-experiment.ts';
import type { CallCount } from '../experiment/results.ts';
import type { RunLimits } from '../experiment/run-experiment.ts';
import { createRunModel, type RunModel } from '../experiment/run-model.ts';
import { createRanker, type Ranker } from '../models/create-ranker.ts';
import { openFolder, type RunFolder } from '../run-folder/run-folder.ts';
import { withRuns } from '../run-folder/run-lock.ts';
import type { Progress } from '../terminal/progress.ts';
import { InterruptedError } from '../usage-error.ts';
import { getVersions } from '../versions.ts';
import { createSuiteRecommenders, type SuiteRecommenders } from './fit-recommenders.ts';
import { keepRow, readKeptRow } from './kept-rows.ts';
import { createRowContext, measureRow, type RowContext } from './measure-row.ts';
import { planSuite } from './plan-suite.ts';
import { type RankingRowName, rankingRowNames, rankingRows, referenceRow } from './ranking-rows.ts';
import { createReportAsker } from './report-asker.ts';
import { claimSuiteFolder, readSuiteBackend } from './suite-identity.ts';
import type { MeasuredRow, MissingRow, RowOutcome, SuiteOutcome } from './suite-outcome.ts';
import { suiteBatchSize } from './train-suite-policy.ts';

/** Report users of a suite, at most, unless it is told otherwise. */
const mostReportUsers = 1000;

export interface RankingSuiteOptions {
  /**
   * Data, tasks, model and `episodes`, the calls that each search and training may make (in whole batches of 50, at least
   * 128). `seed` decides users, candidates and recommenders. What is said of `batchSize`, `bestFixedCalls`, `plus` and
   * `oracleAnswers` does not count.
   */
  readonly config: ExperimentConfig;
  /** Rows to measure; the best fixed prompt stands in every table. Default: all. */
  readonly rows?: readonly RankingRowName[];
  /** Seeds of prompts and learners: 1 to this number, default 1. Each sees other draws of the answers. */
  readonly seeds?: number;
  /** Or just these seeds. */
  readonly onlySeeds?: readonly number[];
  /**
   * The model whose policy the row `rpp-transferred` asks. Default: `simulated:weak` for `simulated:strong`, else none.
   */
  readonly transferFrom?: string;
  /** Folder of the suite. The same suite goes on in it; other models and seeds find its recommenders there. */
  readonly path: string;
  /** Where fitted recommenders are kept; default `recommenders` in the suite's folder. */
  readonly recommendersPath?: string;
  /** Receives one line of text at a time. */
  readonly log: (line: string) => void;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** What may be spent; stored answers cost nothing of it. Default: no limit. */
  readonly limits?: RunLimits;
  /** Asked before the first call to a model that costs something; default: goes on. */
  readonly confirm?: (estimate: RunEstimate) => Promise<boolean>;
}

/**
 * Measures every row of the paper's experiment on the same report tasks, and keeps each row as soon as it is measured: called
 * again after an interruption, it goes on with the next. Throws `UsageError` where the folder holds another suite or another process
 * works on it, `InterruptedError` for a no and for a spent limit.
 */
export async function runRankingSuite(options: RankingSuiteOptions): Promise<SuiteOutcome> {
  const { path, log } = options;
  const config = { ...options.config, batchSize: suiteBatchSize };
  const folder = openFolder(dirname(path), basename(path));
  const prepared = await prepareExperiment(config, { log, backend: readSuiteBackend(folder), mostReportUsers });
  return withRuns([path], () => {
    const { tasks, data, backend } = prepared;
    claimSuiteFolder(
      folder,
      {
        config,
        checksums: data.checksums,
        users: { train: tasks.train.length, report: tasks.report.length },
        backend,
      },
      log,
    );
    return measureSuite({ ...options, config }, folder, prepared);
  });
}

async function measureSuite(
  options: RankingSuiteOptions,
  folder: RunFolder,
  prepared: PreparedExperiment,
): Promise<SuiteOutcome> {
  const { config, log, seeds: count = 1, onlySeeds } = options;
  const { transferFrom = config.model === 'simulated:strong' ? 'simulated:weak' : undefined } = options;
  const { data, tasks, space, ranker, backend } = prepared;
  const seeds = onlySeeds ?? Array.from({ length: count }, (_, index) => index + 1);
  const wanted = rankingRowNames.filter(
    (row) => row === referenceRow || (options.rows ?? rankingRowNames).includes(row),
  );
  const missing: MissingRow[] = [];
  if (transferFrom === undefined && wanted.includes('rpp-transferred')) {
    const reason = 'no model is named whose policy it could take; pass --transfer-from MODEL';
    missing.push({ row: 'rpp-transferred', reason });
  }
  const rows = wanted.filter((row) => !missing.some((one) => one.row === row));
  const open = seeds.map((seed) =>
    rows.filter((row) => readKeptRow(folder, nameSeed(config.model, seed), row) === undefined),
  );
  const budget = countTrainingCalls(config);
  const plan = planSuite({ rows: open, space, budget, reportUsers: tasks.report.length, swaps: config.swaps });
  log(`${describePlan(plan)}, at most`);
  await confirmCost(options, prepared, plan);
  const session = createSession(options, folder, prepared, plan);
  try {
    const measured = new Map<RankingRowName, RowOutcome[]>();
    for (const seed of seeds) {
      const context = await session.open(config.model, ranker, seed, transferFrom);
      for (const row of rows) {
        if (missing.some((one) => one.row === row)) continue;
        const once = rankingRows[row].kind === 'recommender';
        if (once && measured.has(row)) continue;
        const outcome = await measureOrExplain(row, context, folder);
        if ('reason' in outcome) missing.push({ row, reason: outcome.reason });
        else measured.set(row, [...(measured.get(row) ?? []), outcome]);
      }
    }
    return {
      data: {
        name: data.dataset.name,
        users: data.dataset.log.users.length,
        items: data.dataset.log.items.length,
        interactions: data.dataset.log.user.length,
        trainUsers: tasks.train.length,
        reportUsers: tasks.report.length,
        candidates: config.candidates,
      },
      model: ranker.model.id,
      transferFrom: rows.includes('rpp-transferred') ? transferFrom! : null,
      seeds,
      calls: budget,
      rows: rows.flatMap((row): MeasuredRow[] => {
        const outcomes = measured.get(row);
        return outcomes === undefined || missing.some((one) => one.row === row) ? [] : [{ row, outcomes }];
      }),
      missing,
      allowedLoss: config.allowedLoss,
      backend,
      versions: getVersions(),
      timing: { calls: session.counts() },
    };
  } catch (error) {
    throw session.spent.signal.aborted ? session.spent.signal.reason : error;
  } finally {
    await session.close();
  }
}

/** The row as it was kept or is now measured, or why it cannot be made. */
async function measureOrExplain(
  row: RankingRowName,
  context: RowContext,
  folder: RunFolder,
): Promise<RowOutcome | { readonly reason: string }> {
  const { path } = context.seed;
  const kept = readKeptRow(folder, path, row);
  if (kept !== undefined) return kept;
  try {
    const outcome = await measureRow(row, context);
    keepRow(folder, path, row, outcome);
    return outcome;
  } catch (error) {
    const { kind } = rankingRows[row];
    const mayLack = kind === 'recommender' || kind === 'fixed';
    if (!mayLack || !RppError.isInstance(error) || error.code !== 'INVALID_ARGUMENT') throw error;
    return { reason: error.message };
  }
}

/** Files of a model and a seed begin with it. */
function nameSeed(model: string, seed: number): string {
  return join(model.replaceAll(/[^\w.-]/g, '_'), `seed-${seed}`);
}

/** Says what rows of a model that costs something will take, and asks. Throws `InterruptedError` for a no. */
async function confirmCost(
  { log, limits, confirm }: RankingSuiteOptions,
  { ranker, tasks, space, random }: PreparedExperiment,
  plan: ReturnType<typeof planSuite>,
): Promise<void> {
  if (ranker.free) return;
  const estimate = estimateRun({
    plan,
    tasks: tasks.train.map(({ task }) => task),
    space,
    prices: limits?.prices,
    random: random.split('estimate'),
  });
  if (estimate.calls === 0) return;
  log(describeEstimate(estimate));
  if (confirm !== undefined && !(await confirm(estimate))) {
    throw new InterruptedError('No suite was run, and nothing was asked of the model.');
  }
}

/** Models and scorers of a suite while it runs. */
interface Session {
  open(name: string, ranker: Ranker, seed: number, transferFrom: string | undefined): Promise<RowContext>;
  counts(): readonly CallCount[];
  /** Aborted where a limit is reached. */
  readonly spent: AbortController;
  close(): Promise<void>;
}

function createSession(
  options: RankingSuiteOptions,
  folder: RunFolder,
  prepared: PreparedExperiment,
  plan: ReturnType<typeof planSuite>,
): Session {
  const { config, limits, progress, log, recommendersPath = join(options.path, 'recommenders') } = options;
  const { data, tasks, space, encoders, random } = prepared;
  const spent = new AbortController();
  const signal = AbortSignal.any([options.signal, spent.signal]);
  // Every call under way listens; Node would take more than ten for a leak.
  setMaxListeners(0, signal);
  const budget = limits === undefined ? undefined : createBudget(limits);
  const models = new Map<string, RunModel>();
  const recommenders: SuiteRecommenders = createSuiteRecommenders(prepared, {
    folder: openFolder(dirname(recommendersPath), basename(recommendersPath)),
    candidates: config.candidates,
    seed: config.seed,
    log,
    progress,
    signal,
  });
  let scorers: Promise<readonly Scorer[]> | undefined;
  const fitScorers = async (): Promise<readonly Scorer[]> => {
    const plain = tasks.train.map(({ task }) => task);
    const fitted = await fitControlScorers(data.dataset, { tasks: plain, users: tasks.rest, signal });
    return fitted.map(rememberScores);
  };
  const openModel = (name: string, ranker: Ranker): RunModel => {
    const path = join(folder.path, name.replaceAll(/[^\w.-]/g, '_'));
    const model =
      models.get(name) ??
      createRunModel(ranker, {
        folder: openFolder(dirname(path), basename(path)),
        announced: plan,
        before: [],
        concurrency: config.concurrency,
        random: random.split('retries'),
        budget,
        onBudgetSpent: (reason) => spent.abort(new InterruptedError(`The limit is reached. ${reason}`)),
      });
    models.set(name, model);
    return model;
  };
  const open: Session['open'] = async (name, ranker, number, transferFrom) => {
    const { calls } = openModel(name, ranker);
    scorers ??= fitScorers();
    const seed = {
      tasks,
      space,
      encoders,
      stateScorers: await scorers,
      calls,
      budget: countTrainingCalls(config),
      concurrency: config.concurrency,
      swaps: config.swaps,
      random: random.split('suite').split(number),
      path: nameSeed(name, number),
      folder,
      signal,
      ask: createReportAsker({
        tasks: tasks.report,
        model: calls.model,
        concurrency: config.concurrency,
        signal,
        sampleIndex: number - 1,
      }),
      run: <Result>(phase: Parameters<typeof runPhase>[1], total: number, work: () => Promise<Result>) =>
        runPhase({ calls, progress }, phase, { total }, work),
    };
    return createRowContext(seed, recommenders, async () => {
      if (transferFrom === undefined) return undefined;
      const other = await createRanker({
        name: transferFrom,
        temperature: config.temperature,
        dataset: data.dataset,
        synthetic: config.data.kind === 'synthetic',
        outsiders: tasks.rest,
      });
      return open(transferFrom, other, number, undefined);
    });
  };
  return {
    open,
    spent,
    counts: () => models.get(config.model)?.calls.counts() ?? [],
    async close() {
      for (const model of models.values()) await model.close();
    },
  };
}

/** Several trainings ask for the same tasks. */
function rememberScores(scorer: Scorer): Scorer {
  const known = new WeakMap<RankingTask, Float32Array>();
  return {
    name: scorer.name,
    score(task) {
      const scores = known.get(task) ?? scorer.score(task);
      known.set(task, scores);
      return scores;
    },
  };
}
