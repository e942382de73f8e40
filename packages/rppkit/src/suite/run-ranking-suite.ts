import { basename, dirname } from 'node:path';
import { RppError } from '@rppkit/spec';
import { assertOneRound } from '../experiment/assert-one-round.ts';
import { describeEstimate, estimateRun, type RunEstimate } from '../experiment/estimate-run.ts';
import type { ExperimentConfig } from '../experiment/experiment-config.ts';
import { type CallPlan, countTrainingCalls, describePlan } from '../experiment/plan-calls.ts';
import { type PreparedExperiment, prepareExperiment } from '../experiment/prepare-experiment.ts';
import type { RunLimits } from '../experiment/run-options.ts';
import { createRanker } from '../models/create-ranker.ts';
import { openFolder, type RunFolder } from '../run-folder/run-folder.ts';
import { withRuns } from '../run-folder/run-lock.ts';
import { openTracing } from '../telemetry/tracing.ts';
import type { Progress } from '../terminal/progress.ts';
import { InterruptedError, UsageError } from '../usage-error.ts';
import { getVersions } from '../versions.ts';
import { isRppKept } from './find-suite-rpp.ts';
import { type KeptRow, keepRow, readKeptRow } from './kept-rows.ts';
import { measureRow, type RowContext } from './measure-row.ts';
import { nameModel, nameSeed } from './name-model.ts';
import { planSuite } from './plan-suite.ts';
import { type RankingRowName, rankingRowNames, rankingRows, referenceRow } from './ranking-rows.ts';
import { claimSuiteFolder, readSuiteBackend } from './suite-identity.ts';
import type { MissingRow, RowOutcome, SuiteOutcome } from './suite-outcome.ts';
import { createSuiteSession, type NamedRanker } from './suite-session.ts';
import { suiteBatchSize } from './train-suite-policy.ts';

/** Report users of a suite, at most, unless it is told otherwise. */
const mostReportUsers = 1000;

export interface RankingSuiteOptions {
  /**
   * Data, tasks, model, and as `episodes` the calls that each search and training may make, in whole batches of 50, at least
   * 128. `seed` decides users, candidates and recommenders. What it says of `batchSize`, `bestFixedCalls`, `freeze`, `plus` and
   * `oracleAnswers` does not count.
   */
  readonly config: ExperimentConfig;
  /** Rows to measure; the best fixed prompt stands in every table. Default: all. */
  readonly rows?: readonly RankingRowName[];
  /** Seeds of prompts and learners, positive integers; each sees other draws of the answers. Default: 1. */
  readonly seeds?: readonly number[];
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
 * works on it, `InterruptedError` for an abort, a no and a spent limit.
 */
export async function runRankingSuite(options: RankingSuiteOptions): Promise<SuiteOutcome> {
  const { path, log, signal } = options;
  assertOneRound(options.config, 'a suite');
  const config = { ...options.config, batchSize: suiteBatchSize };
  const folder = openFolder(dirname(path), basename(path));
  const prepared = await prepareExperiment(config, { log, backend: readSuiteBackend(folder), mostReportUsers });
  const { tasks, data, backend } = prepared;
  try {
    return await withRuns([path], () => {
      const users = { train: tasks.train.length, report: tasks.report.length };
      claimSuiteFolder(folder, { config, checksums: data.checksums, users, backend }, log);
      return measureSuite({ ...options, config }, folder, prepared);
    });
  } catch (error) {
    if (!signal.aborted && !(error instanceof InterruptedError)) throw error;
    const what = signal.aborted ? 'The suite was interrupted.' : (error as InterruptedError).message;
    throw new InterruptedError(`${what} What it had is kept in ${path}; the same command goes on.`);
  }
}

async function measureSuite(
  options: RankingSuiteOptions,
  folder: RunFolder,
  prepared: PreparedExperiment,
): Promise<SuiteOutcome> {
  const { config, log, seeds = [1] } = options;
  const { data, tasks, ranker, backend } = prepared;
  const wanted = rankingRowNames.filter((row) => row === referenceRow || (options.rows?.includes(row) ?? true));
  const missing = new Map<RankingRowName, string>();
  const other = wanted.includes('rpp-transferred') ? await openOther(options, prepared) : undefined;
  if (other === undefined) {
    missing.set('rpp-transferred', 'no model is named whose policy it could take; pass --transfer-from MODEL');
  }
  const rows = wanted.filter((row) => !missing.has(row));
  const describeKept = (row: RankingRowName, seed: number): KeptRow => ({
    path: nameSeed(config.model, seed),
    row,
    swaps: config.swaps,
    transferFrom: other?.name,
  });
  const open = seeds.map((seed) => rows.filter((row) => readKeptRow(folder, describeKept(row, seed)) === undefined));
  const plan = planCalls(options, folder, prepared, { open, seeds, other });
  log(`${describePlan(plan)}, at most`);
  await confirmCost(options, prepared, plan, [ranker.free, other?.ranker.free ?? true].every(Boolean));
  const model = { name: config.model, ranker };
  const session = createSuiteSession(options, {
    ...{ folder, prepared, plan, model, other },
    tracing: await openTracing(),
  });
  try {
    const measured = new Map<RankingRowName, RowOutcome[]>(rows.map((row) => [row, []]));
    for (const seed of seeds) {
      const context = await session.open(seed);
      for (const row of rows) {
        // What asks no model is the same for every seed.
        const known = rankingRows[row].kind === 'recommender' && measured.get(row)!.length > 0;
        if (known || missing.has(row)) continue;
        session.describe(seeds.length === 1 ? rankingRows[row].label : `seed ${seed}, ${rankingRows[row].label}`);
        const outcome = await measureOrExplain(context, folder, describeKept(row, seed));
        if ('reason' in outcome) missing.set(row, outcome.reason);
        else measured.get(row)!.push(outcome);
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
      transferFrom: other?.name ?? null,
      seeds,
      calls: countTrainingCalls(config),
      rows: rows.filter((row) => !missing.has(row)).map((row) => ({ row, outcomes: measured.get(row)! })),
      missing: wanted.flatMap((row): MissingRow[] => (missing.has(row) ? [{ row, reason: missing.get(row)! }] : [])),
      allowedLoss: config.allowedLoss,
      backend,
      versions: getVersions(),
      timing: { calls: session.counts() },
    };
  } catch (error) {
    throw session.findEnd() ?? error;
  } finally {
    await session.close();
  }
}

/** The row as it was kept or is now measured, or why it cannot be made. */
async function measureOrExplain(
  context: RowContext,
  folder: RunFolder,
  kept: KeptRow,
): Promise<RowOutcome | { readonly reason: string }> {
  const { row } = kept;
  const known = readKeptRow(folder, kept);
  if (known !== undefined) return known;
  try {
    const outcome = await measureRow(row, context);
    keepRow(folder, kept, outcome);
    return outcome;
  } catch (error) {
    const { kind } = rankingRows[row];
    const mayLack = kind === 'recommender' || kind === 'fixed';
    if (!mayLack || !RppError.isInstance(error) || error.code !== 'INVALID_ARGUMENT') throw error;
    return { reason: error.message };
  }
}

/** The model whose policy is transferred; undefined where none is named and none suggests itself. */
async function openOther(
  { config, transferFrom }: RankingSuiteOptions,
  { data, tasks }: PreparedExperiment,
): Promise<NamedRanker | undefined> {
  const name = transferFrom ?? (config.model === 'simulated:strong' ? 'simulated:weak' : undefined);
  if (name === undefined) return undefined;
  if (nameModel(name) === nameModel(config.model)) {
    throw new UsageError(
      `Expected --transfer-from to name another model than ${config.model}. Name one, or leave it out.`,
    );
  }
  const ranker = await createRanker({
    name,
    temperature: config.temperature,
    dataset: data.dataset,
    synthetic: config.data.kind === 'synthetic',
    outsiders: tasks.rest,
  });
  return { name, ranker };
}

/** The calls of the rows that are not kept. */
function planCalls(
  { config }: RankingSuiteOptions,
  folder: RunFolder,
  { space, tasks }: PreparedExperiment,
  {
    open,
    seeds,
    other,
  }: {
    /** Rows to measure, by seed. */
    readonly open: readonly (readonly RankingRowName[])[];
    readonly seeds: readonly number[];
    readonly other: NamedRanker | undefined;
  },
): CallPlan {
  const untrained = seeds.filter(
    (seed, index) =>
      other !== undefined && open[index]!.includes('rpp-transferred') && !isRppKept(folder, nameSeed(other.name, seed)),
  );
  return planSuite({
    rows: open,
    otherTrainings: untrained.length,
    space,
    budget: countTrainingCalls(config),
    reportUsers: tasks.report.length,
    swaps: config.swaps,
  });
}

/** Says what rows of models that cost something will take, and asks. Throws `InterruptedError` for a no. */
async function confirmCost(
  { log, limits, confirm }: RankingSuiteOptions,
  { tasks, space, random }: PreparedExperiment,
  plan: CallPlan,
  free: boolean,
): Promise<void> {
  if (free) return;
  const estimate = estimateRun({
    plan,
    tasks: tasks.train.map(({ task }) => task),
    space,
    prices: limits?.prices,
    random: random.split('estimate'),
  });
  if (estimate.calls === 0) return;
  log(describeEstimate(estimate));
  if (confirm === undefined || (await confirm(estimate))) return;
  throw new InterruptedError('Nothing was asked of the model.');
}
