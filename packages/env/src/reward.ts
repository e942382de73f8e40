import { type CandidateRanking, type MissingCandidates, ndcg } from '@rppkit/metrics';
import { InvalidArgumentError, type JudgedTask } from '@rppkit/spec';
import { aggregateRankings } from './aggregate-rankings.ts';
import type { RankingAnswer } from './ask-ranking.ts';

/** Any metric of `@rppkit/metrics` that has a cut-off, such as `ndcg` or `recall`, or one's own. */
export type RewardMetric = (ranking: CandidateRanking, gains: Float64Array, k: number) => number;

/** How one answer is judged. */
export interface JudgingOptions {
  /** Default `ndcg`. */
  readonly metric?: RewardMetric;
  /** Cut-off of the metric, a positive integer; default 10. */
  readonly k?: number;
  /**
   * Where candidates stand that the answer leaves out, all of them for an invalid answer. `expected-ties` (default): the
   * mean over all places left. `bottom-in-candidate-order`: after the ranked ones, in the task's own order. `zero`:
   * nowhere, without gain.
   */
  readonly missing?: MissingCandidates;
}

export interface RewardOptions extends JudgingOptions {
  /**
   * What an episode is worth, and what reports print of it; never the best round, which only the labels know.
   * `final` (default): the score of the last round. `aggregate`: the score of the rank aggregate of all rounds. `sum`: the
   * sum of all rounds' scores.
   */
  readonly objective?: Objective;
  /** In (0, 1]; must equal the learner's. Default 1. */
  readonly discount?: number;
  /** Reward lost per 1,000 tokens of prompts and answers, at least 0; default 0. */
  readonly pricePerThousandTokens?: number;
  /** Reward lost for an invalid answer, at least 0; default 0. */
  readonly invalidPenalty?: number;
}

export type Objective = 'final' | 'aggregate' | 'sum';

/** An answer that is rewarded, valid or not. */
export type GivenAnswer = Exclude<RankingAnswer, { readonly outcome: 'failed' }>;

const missingRules: ReadonlySet<string> = new Set<MissingCandidates>([
  'expected-ties',
  'bottom-in-candidate-order',
  'zero',
]);
const objectives: ReadonlySet<string> = new Set<Objective>(['final', 'aggregate', 'sum']);

/** Throws `InvalidArgumentError` naming the first option outside its range. */
export function assertRewardOptions({
  metric = ndcg,
  k = 10,
  missing = 'expected-ties',
  objective = 'final',
  discount = 1,
  pricePerThousandTokens = 0,
  invalidPenalty = 0,
  ...others
}: RewardOptions): void {
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    throw new InvalidArgumentError('reward', 'known options only', unknown, 'Correct its name or leave it out.');
  }
  if (typeof metric !== 'function') {
    throw new InvalidArgumentError('reward.metric', 'a function', metric, 'Import it from @rppkit/metrics.');
  }
  if (!Number.isInteger(k) || k < 1) throw new InvalidArgumentError('reward.k', 'a positive integer', k);
  if (!missingRules.has(missing)) {
    throw new InvalidArgumentError('reward.missing', `among ${[...missingRules].join(', ')}`, missing);
  }
  if (!objectives.has(objective)) {
    throw new InvalidArgumentError('reward.objective', `among ${[...objectives].join(', ')}`, objective);
  }
  if (!(discount > 0 && discount <= 1)) throw new InvalidArgumentError('reward.discount', 'in (0, 1]', discount);
  for (const [name, value] of Object.entries({ pricePerThousandTokens, invalidPenalty })) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      throw new InvalidArgumentError(`reward.${name}`, 'a finite number, at least 0', value, 'It is subtracted.');
    }
  }
}

/** The gain of each of the task's own candidates, `Float64Array [candidates]`. */
export function computeGains({ task, relevance }: JudgedTask): Float64Array {
  return Float64Array.from(task.candidates, (item) => relevance.get(item.id) ?? 0);
}

/**
 * The metric of one answer for its user's own labels; in [0, 1] for NDCG. Throws `NoRelevantItemError` where no candidate
 * has a gain.
 */
export function computeAnswerScore(
  judged: JudgedTask,
  { ranking }: Pick<GivenAnswer, 'ranking'>,
  options: JudgingOptions = {},
): number {
  return computeRankingsScore(judged, [ranking], options);
}

/**
 * The metric of the rank aggregate of several answers to one task, each given as indices of the task's own candidates,
 * best first. Throws `InvalidArgumentError` for no rankings, and where a metric of one's own gives no finite number;
 * `NoRelevantItemError` where no candidate has a gain.
 */
export function computeRankingsScore(
  judged: JudgedTask,
  rankings: readonly ArrayLike<number>[],
  options: JudgingOptions = {},
): number {
  const { missing = 'expected-ties' } = options;
  const candidates = judged.task.candidates.length;
  return computeScore(judged, aggregateRankings(rankings, { candidates, missing }), options);
}

/** The metric of a ranking of the task's own candidates. Throws as `computeRankingsScore` does. */
export function computeScore(
  judged: JudgedTask,
  ranking: CandidateRanking,
  { metric = ndcg, k = 10 }: JudgingOptions,
): number {
  const score = metric(ranking, computeGains(judged), k);
  if (!Number.isFinite(score)) {
    const advice = 'A metric gets rankings of every length, also empty ones.';
    const { id } = judged.task;
    throw new InvalidArgumentError(`what the metric gives for task ${JSON.stringify(id)}`, 'finite', score, advice);
  }
  return score;
}

/** What an episode has been worth so far, under its objective. */
export interface EpisodeValue {
  /** After the round; 0 before the first. */
  readonly current: number;
  /** Before the round. */
  readonly previous: number;
}

/**
 * The reward of a round that was answered. For `final` and `aggregate` potential-based shaping, r_t = discount * V_t -
 * V_{t-1} with V_0 = 0, so that the return is discount^T * V_T; for `sum` what the round added. Less the price of the
 * round's tokens, and the penalty times the share of its answers that are invalid. Throws `InvalidArgumentError` for no
 * answers.
 */
export function computeReward(
  { current, previous }: EpisodeValue,
  answers: readonly GivenAnswer[],
  { objective = 'final', discount = 1, pricePerThousandTokens = 0, invalidPenalty = 0 }: RewardOptions = {},
): number {
  if (answers.length === 0) throw new InvalidArgumentError('answers', 'at least one', answers);
  let tokens = 0;
  let invalid = 0;
  for (const { usage, parsed } of answers) {
    tokens += usage.inputTokens + usage.outputTokens;
    if (parsed.kind === 'invalid') invalid++;
  }
  const gain = objective === 'sum' ? current - previous : discount * current - previous;
  return gain - (pricePerThousandTokens * tokens) / 1000 - (invalidPenalty * invalid) / answers.length;
}
