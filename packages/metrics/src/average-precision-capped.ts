import { computeExpectedPrecisionSum } from './average-precision.ts';
import { assertMetricArguments, type CandidateRanking } from './candidate-ranking.ts';

/**
 * Average precision at k over min(k, R), where R is the number of relevant candidates (gain above 0), ranked or not: a
 * perfect ranking gets 1 at every k. For the divisor R see `averagePrecision`.
 *
 *   AP@k = (1 / min(k, R)) * sum over ranks r = 1 … k that hold a relevant candidate of hits@r / r
 *
 * Ties: the exact expectation over all orders inside the tie groups. A k beyond the list is allowed: its empty ranks hold
 * nothing. `gains [candidates]` are finite and at least 0. Returns a value in [0, 1].
 * Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong arguments.
 *
 * Source: the MAP@k of RecBole and of the Million Song Dataset Challenge (Kaggle, 2012).
 */
export function averagePrecisionCapped(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  const relevant = assertMetricArguments(ranking, gains, k);
  return computeExpectedPrecisionSum(ranking, gains, k) / Math.min(k, relevant);
}
