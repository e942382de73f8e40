import { setMaxListeners } from 'node:events';
import { basename, dirname, join } from 'node:path';
import { createBudget } from '@rppkit/env';
import { fitControlScorers } from '@rppkit/recommenders';
import type { RankingTask, Scorer } from '@rppkit/spec';
import { runPhase } from '../experiment/experiment-context.ts';
import { type CallPlan, countTrainingCalls } from '../experiment/plan-calls.ts';
import type { PreparedExperiment } from '../experiment/prepare-experiment.ts';
import type { CallCount } from '../experiment/results.ts';
import type { CallFacts } from '../experiment/run-facts.ts';
import { createRunModel, type RunModel } from '../experiment/run-model.ts';
import { announceWait } from '../models/announce-wait.ts';
import type { Ranker } from '../models/create-ranker.ts';
import { openFolder, type RunFolder } from '../run-folder/run-folder.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import { InterruptedError } from '../usage-error.ts';
import { createSuiteRecommenders } from './fit-recommenders.ts';
import { createRowContext, type RowContext } from './measure-row.ts';
import { nameModel, nameSeed } from './name-model.ts';
import { createReportAsker } from './report-asker.ts';
import type { RankingSuiteOptions } from './run-ranking-suite.ts';
import type { SuiteSeed } from './suite-seed.ts';

/** A model of a suite, as it was named. */
export interface NamedRanker {
  readonly name: string;
  readonly ranker: Ranker;
}

/** Models, recommenders and scorers of a suite while it runs; each is made when it is first needed. */
export interface SuiteSession {
  /** What the rows of one seed share. */
  open(seed: number): Promise<RowContext>;
  /** What is under way, for the progress. */
  describe(row: string): void;
  /** Calls to the model that is compared. */
  counts(): readonly CallCount[];
  /** Why a limit ended the suite; undefined while none has. */
  findEnd(): unknown;
  /** Closes the view, waits for the answers under way and stores them. */
  close(): Promise<void>;
}

export interface SuiteSessionOptions {
  readonly folder: RunFolder;
  readonly prepared: PreparedExperiment;
  readonly plan: CallPlan;
  /** The model that is compared. */
  readonly model: NamedRanker;
  /** The one whose policy is transferred. */
  readonly other: NamedRanker | undefined;
  readonly tracing: Tracing;
}

export function createSuiteSession(
  options: RankingSuiteOptions,
  { folder, prepared, plan, model, other, tracing }: SuiteSessionOptions,
): SuiteSession {
  const { config, limits, progress, log, recommendersPath = join(options.path, 'recommenders') } = options;
  const { data, tasks, space, encoders, random } = prepared;
  const spent = new AbortController();
  const signal = AbortSignal.any([options.signal, spent.signal]);
  // Every call under way listens; Node would take more than ten for a leak.
  setMaxListeners(0, signal);
  const budget = limits === undefined ? undefined : createBudget(limits);
  const recommenders = createSuiteRecommenders(prepared, {
    folder: openFolder(dirname(recommendersPath), basename(recommendersPath)),
    candidates: config.candidates,
    seed: config.seed,
    log,
    progress,
    signal,
  });
  const models = new Map<string, RunModel>();
  const openModel = ({ name, ranker }: NamedRanker): RunModel => {
    const opened =
      models.get(name) ??
      createRunModel(ranker, {
        folder: openFolder(folder.path, nameModel(name)),
        announced: plan,
        before: [],
        concurrency: config.concurrency,
        random: random.split('retries'),
        budget,
        onBudgetSpent: (reason) => spent.abort(new InterruptedError(`The limit is reached. ${reason}`)),
        prices: limits?.prices,
        tracing,
      });
    models.set(name, opened);
    return opened;
  };
  const onAbort = (): void => {
    const underWay = [...models.values()].reduce((sum, { readFacts }) => sum + readFacts().underWay, 0);
    announceWait({ log, progress, underWay, interrupted: options.signal.aborted });
  };
  signal.addEventListener('abort', onAbort, { once: true });
  let scorers: Promise<readonly Scorer[]> | undefined;
  const fitScorers = async (): Promise<readonly Scorer[]> => {
    const plain = tasks.train.map(({ task }) => task);
    const fitted = await fitControlScorers(data.dataset, { tasks: plain, users: tasks.rest, signal });
    return fitted.map(rememberScores);
  };
  let current = '';
  const openSeed = async (named: NamedRanker, number: number): Promise<SuiteSeed> => {
    const { calls, readFacts } = openModel(named);
    // What searches read in answers, they keep to themselves.
    const readCallFacts = (): CallFacts => ({ ...readFacts(), invalid: {} });
    scorers ??= fitScorers();
    return {
      tasks,
      space,
      encoders,
      stateScorers: await scorers,
      calls,
      budget: countTrainingCalls(config),
      concurrency: config.concurrency,
      swaps: config.swaps,
      random: random.split('suite').split(number),
      path: nameSeed(named.name, number),
      folder,
      signal,
      ask: createReportAsker({
        tasks: tasks.report,
        model: calls.model,
        concurrency: config.concurrency,
        signal,
        sampleIndex: number - 1,
      }),
      run: (phase, total, work) =>
        runPhase({ calls, progress, readCallFacts, tracing }, phase, { total, label: `${current}: ${phase}` }, work),
    };
  };
  return {
    async open(number) {
      const seed = await openSeed(model, number);
      return createRowContext(seed, recommenders, async () =>
        other === undefined ? undefined : createRowContext(await openSeed(other, number), recommenders),
      );
    },
    describe(row) {
      current = row;
    },
    counts: () => openModel(model).calls.counts(),
    findEnd: () => (spent.signal.aborted ? spent.signal.reason : undefined),
    async close() {
      signal.removeEventListener('abort', onAbort);
      progress.close?.();
      for (const opened of models.values()) await opened.close();
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
