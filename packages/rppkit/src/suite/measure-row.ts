import { computeGains } from '@rppkit/env';
import { ndcg, rankByScores } from '@rppkit/metrics';
import { freezePatterns, type JointAction, type PatternSpace } from '@rppkit/patterns';
import { createChanceScorer } from '@rppkit/recommenders';
import {
  createBanditSearcher,
  createFixedPrompts,
  createModelSource,
  createSimilarUserExamples,
  createThompsonBandit,
  type FixedPromptName,
  swapPrompts,
} from '@rppkit/search';
import type { JudgedTask, Scorer } from '@rppkit/spec';
import { cutoffs } from '../experiment/system-values.ts';
import { findSuiteBestFixed, type SuiteBestFixed } from './find-best-fixed.ts';
import { findSuiteRpp } from './find-suite-rpp.ts';
import type { SuiteRecommenders } from './fit-recommenders.ts';
import type { RankingRowName } from './ranking-rows.ts';
import { averageOutcomes, type ReportPrompts } from './report-asker.ts';
import type { RowOutcome } from './suite-outcome.ts';
import type { SuiteSeed } from './suite-seed.ts';
import { choosePolicyPrompts, type SuitePolicy, suiteBatchSize, trainSuitePolicy } from './train-suite-policy.ts';

/** Times that the ensemble asks the best fixed prompt, each in another candidate order. */
export const ensembleOrders = 3;

/** What rows of one model and seed take from each other. */
export interface RowContext {
  readonly seed: SuiteSeed;
  readonly recommenders: SuiteRecommenders;
  bestFixed(): Promise<SuiteBestFixed>;
  rpp(): Promise<SuitePolicy>;
  /** The same seed with the model whose policy is transferred; undefined where none is named. */
  other(): Promise<RowContext | undefined>;
}

/** The context of a model and seed; whatever two rows need is found once. */
export function createRowContext(
  seed: SuiteSeed,
  recommenders: SuiteRecommenders,
  other: RowContext['other'] = async () => undefined,
): RowContext {
  let bestFixed: Promise<SuiteBestFixed> | undefined;
  let rpp: Promise<SuitePolicy> | undefined;
  return {
    seed,
    recommenders,
    other,
    bestFixed: () => (bestFixed ??= findSuiteBestFixed(seed)),
    rpp: () => (rpp ??= findSuiteRpp(seed)),
  };
}

type MeasureRow = (context: RowContext) => Promise<RowOutcome>;

const rows: Readonly<Record<RankingRowName, MeasureRow>> = {
  chance: async ({ seed }) => scoreReport(createChanceScorer(), seed.tasks.report),
  popularity: recommend('popularity'),
  'item-knn': recommend('item-knn'),
  bpr: recommend('bpr'),
  'light-gcn': recommend('light-gcn'),
  sasrec: recommend('sasrec'),
  sequential: askFixed('sequential'),
  'recency-focused': askFixed('recency-focused'),
  'in-context': askFixed('in-context'),
  'few-shot': askFixed('few-shot'),
  'chain-of-thought': askFixed('chain-of-thought'),
  'best-fixed': async (context) => askBestFixed(context, 1),
  // What createEnsembleSearch finds with the same stream is this prompt.
  ensemble: async (context) => askBestFixed(context, ensembleOrders),
  bandit: measureBandit,
  rpp: async (context) => askPolicy(context.seed, await context.rpp()),
  'rpp-swapped': measureSwapped,
  'rpp-plus-inline': async ({ seed }) =>
    askPolicy(seed, await trainSuitePolicy(seed, { space: seed.space, plus: 'inline' })),
  'rpp-plus-grow': async ({ seed }) =>
    askPolicy(seed, await trainSuitePolicy(seed, { space: seed.space, plus: 'grow' })),
  'rpp-role-frozen': freeze('role'),
  'rpp-history-frozen': freeze('history'),
  'rpp-reasoning-frozen': freeze('reasoning'),
  'rpp-format-frozen': freeze('format'),
  'rpp-transferred': async ({ seed, other }) => askPolicy(seed, await (await other())!.rpp()),
};

/** Measures one row: finds or trains what it asks, asks the report users and judges their answers. */
export function measureRow(row: RankingRowName, context: RowContext): Promise<RowOutcome> {
  return rows[row](context);
}

function recommend(name: 'popularity' | 'item-knn' | 'bpr' | 'light-gcn' | 'sasrec'): MeasureRow {
  return async ({ recommenders, seed }) => scoreReport(await recommenders(name), seed.tasks.report);
}

function scoreReport(scorer: Scorer, report: readonly JudgedTask[]): RowOutcome {
  const rankings = report.map(({ task }) => rankByScores(scorer.score(task)));
  const gains = report.map(computeGains);
  const [at1, at5, at10] = cutoffs.map((k) => rankings.map((ranking, user) => ndcg(ranking, gains[user]!, k)));
  return {
    ndcg: { 1: at1!, 5: at5!, 10: at10! },
    searchCalls: null,
    callsPerRanking: null,
    tokensPerRanking: null,
    invalidShare: null,
  };
}

function askFixed(name: FixedPromptName): MeasureRow {
  return async ({ seed, recommenders }) => {
    const { space, tasks } = seed;
    const examples =
      name === 'few-shot'
        ? createSimilarUserExamples({
            tasks: tasks.train,
            table: (await recommenders('spectral-embedding')).userEmbeddings!,
          })
        : undefined;
    const [prompt] = createFixedPrompts({ space, names: [name], ...(examples && { examples }) });
    const { choice, prepareTask } = prompt!;
    return ask(seed, { space: prompt!.space, choices: tasks.report.map(() => choice), prepareTask }, 0);
  };
}

async function askBestFixed({ seed, bestFixed }: RowContext, orders: number): Promise<RowOutcome> {
  const { choice, calls } = await bestFixed();
  return ask(seed, { space: seed.space, choices: seed.tasks.report.map(() => choice), orders }, calls);
}

async function measureBandit({ seed }: RowContext): Promise<RowOutcome> {
  const { space, tasks, encoders, calls, concurrency, budget, random, signal } = seed;
  const searcher = createBanditSearcher({
    name: 'thompson',
    create: (banditSpace, options) => createThompsonBandit(banditSpace, options),
    encoders,
    batchSize: suiteBatchSize,
  });
  const source = createModelSource({ tasks: tasks.train, space, model: calls.model, concurrency });
  const found = await seed.run('train', budget, () =>
    searcher.search(source, { calls: budget, random: random.split('bandit'), signal }),
  );
  const report = tasks.report.map(({ task }) => task);
  await found.prepare?.(report, { signal });
  return ask(seed, { space, choices: report.map((task) => found.choose(task)[0]!) }, found.calls);
}

async function measureSwapped({ seed, rpp }: RowContext): Promise<RowOutcome> {
  const policy = await rpp();
  const { space, choices } = await choosePolicyPrompts(seed, policy);
  const tasks = seed.tasks.report.map(({ task }) => task);
  return seed.run('evaluate', seed.swaps * tasks.length, async () => {
    const outcomes: RowOutcome[] = [];
    for (let swap = 0; swap < seed.swaps; swap++) {
      const random = seed.random.split('swaps').split(swap);
      const asked = await seed.ask({ space, choices: swapPrompts({ tasks, choices, space, random }) });
      outcomes.push({ ...asked, searchCalls: policy.calls });
    }
    return averageOutcomes(outcomes);
  });
}

function freeze(pattern: string): MeasureRow {
  return async ({ seed, bestFixed }) => {
    const { choice, calls } = await bestFixed();
    const policy = await trainSuitePolicy(seed, { space: freezePatterns(seed.space, choice, [pattern]) });
    // Without the search there would be nothing to freeze.
    return askPolicy(seed, { ...policy, calls: calls + policy.calls });
  };
}

async function askPolicy(seed: SuiteSeed, policy: SuitePolicy): Promise<RowOutcome> {
  const prompts: { readonly space: PatternSpace; readonly choices: readonly JointAction[] } = await choosePolicyPrompts(
    seed,
    policy,
  );
  return ask(seed, prompts, policy.calls);
}

async function ask(seed: SuiteSeed, prompts: ReportPrompts, searchCalls: number): Promise<RowOutcome> {
  const calls = seed.tasks.report.length * (prompts.orders ?? 1);
  return { ...(await seed.run('evaluate', calls, () => seed.ask(prompts))), searchCalls };
}
