import { ndcg, rankOrder } from '@rppkit/metrics';
import { InvalidArgumentError, type JudgedTask } from '@rppkit/spec';
import type { RankingAnswer } from './ask-ranking.ts';

export interface RewardOptions {
  /** Cut-off of NDCG, a positive integer; default 10. */
  readonly k?: number;
  /**
   * Where candidates stand that the answer leaves out, all of them for an invalid answer. `expected-ties` (default): the
   * mean over all places left. `bottom`: after the ranked ones, in the task's own order. `zero`: nowhere, without gain.
   */
  readonly missing?: 'expected-ties' | 'bottom' | 'zero';
  /**
   * `final` (default): the return is discount^T * NDCG of the last round, by potential-based shaping
   * (r_t = discount * NDCG_t - NDCG_{t-1}, NDCG_0 = 0). `sum`: r_t = NDCG_t.
   */
  readonly objective?: 'final' | 'sum';
  /** In (0, 1]; must equal the learner's. Default 1. */
  readonly discount?: number;
  /** Reward lost per 1,000 tokens of prompt and answer, at least 0; default 0. */
  readonly pricePerThousandTokens?: number;
  /** Reward lost for an invalid answer, at least 0; default 0. */
  readonly invalidPenalty?: number;
}

type GivenAnswer = Exclude<RankingAnswer, { readonly outcome: 'failed' }>;

/** Throws `InvalidArgumentError` naming the first option outside its range. */
export function assertRewardOptions({
  k = 10,
  missing = 'expected-ties',
  objective = 'final',
  discount = 1,
  pricePerThousandTokens = 0,
  invalidPenalty = 0,
}: RewardOptions): void {
  if (!Number.isInteger(k) || k < 1) throw new InvalidArgumentError('reward.k', 'a positive integer', k);
  if (missing !== 'expected-ties' && missing !== 'bottom' && missing !== 'zero') {
    throw new InvalidArgumentError('reward.missing', "'expected-ties', 'bottom' or 'zero'", missing);
  }
  if (objective !== 'final' && objective !== 'sum') {
    throw new InvalidArgumentError('reward.objective', "'final' or 'sum'", objective);
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
 * NDCG@k of one answer for its user's own labels, in [0, 1]. Throws `NoRelevantItemError` where no candidate has a gain.
 */
export function computeAnswerNdcg(
  judged: JudgedTask,
  { ranking }: GivenAnswer,
  { k = 10, missing = 'expected-ties' }: RewardOptions = {},
): number {
  return ndcg(rankOrder(ranking, { candidates: judged.task.candidates.length, missing }), computeGains(judged), k);
}

/** The reward of a round that was answered, from its NDCG and that of the round before (0 in the first): shaped, less price and penalty. */
export function computeReward(
  current: number,
  previous: number,
  { usage, parsed }: GivenAnswer,
  { objective = 'final', discount = 1, pricePerThousandTokens = 0, invalidPenalty = 0 }: RewardOptions,
): number {
  const gain = objective === 'final' ? discount * current - previous : current;
  const tokens = usage.inputTokens + usage.outputTokens;
  return gain - (pricePerThousandTokens * tokens) / 1000 - (parsed.kind === 'invalid' ? invalidPenalty : 0);
}
