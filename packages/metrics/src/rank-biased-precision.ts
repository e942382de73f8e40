import { InvalidArgumentError } from '@rppkit/spec';
import { assertMetricArguments, type CandidateRanking, createRelevance } from './candidate-ranking.ts';
import { computeExpectedSum } from './expected-sum.ts';

export interface RankBiasedPrecisionOptions {
  /** Probability that the user goes on to the next rank, in (0, 1). Moffat and Zobel look at .5, .8 and .95. */
  readonly persistence: number;
}

/**
 * Rank-biased precision at k: the relevance per rank that a user sees who goes on to the next rank with probability p.
 *
 *   RBP@k = (1 - p) * sum over ranks r = 1 … k that hold a relevant candidate of p^(r - 1)
 *
 * Relevant is a gain above 0. What lies beyond rank k, at most p^k, is left out: this is the lower bound of the measure.
 * Ties: the exact expectation over all orders inside the tie groups; each place of a group counts with the group's share
 * of relevant candidates. A k beyond the list is allowed: its empty ranks hold nothing.
 *
 * `gains [candidates]` are finite and at least 0. Returns a value in [0, 1); a perfect ranking of R relevant candidates
 * gets 1 - p^min(k, R). Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong
 * arguments.
 *
 * Source: Moffat and Zobel, "Rank-biased precision for measurement of retrieval effectiveness", ACM TOIS 27(1), 2008.
 */
export function rankBiasedPrecision(
  ranking: CandidateRanking,
  gains: ArrayLike<number>,
  k: number,
  { persistence }: RankBiasedPrecisionOptions,
): number {
  assertMetricArguments(ranking, gains, k);
  if (!(persistence > 0 && persistence < 1)) {
    throw new InvalidArgumentError('persistence', 'above 0 and below 1', persistence, 'Common values: 0.5, 0.8, 0.95.');
  }
  const seen = computeExpectedSum(ranking, k, createRelevance(gains), (position) => persistence ** position);
  return (1 - persistence) * seen;
}
