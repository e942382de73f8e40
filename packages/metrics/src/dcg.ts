import { assertMetricArguments, type CandidateRanking } from './candidate-ranking.ts';
import { computeExpectedSum } from './expected-sum.ts';

/**
 * Discounted cumulative gain at k, with linear gain (for 2^gain - 1 see `dcgBurges`).
 *
 *   DCG@k = sum over ranks r = 1 … k of gain(r) / log2(r + 1)
 *
 * Ties: the exact expectation over all orders inside the tie groups. DCG is a sum over ranks, so each candidate of a
 * group counts with the group's mean gain. Candidates that the ranking leaves out gain nothing. Ranks beyond the list
 * are empty, so a k beyond it changes nothing.
 *
 * `gains [candidates]` are finite and at least 0. Returns a value of at least 0, in units of gain.
 * Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong arguments.
 *
 * Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002.
 * Differences: their discount leaves the first ranks as they are (division by log_b(r) from rank b on); log2(r + 1)
 * from rank 1 on is the form in common use.
 */
export function dcg(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  assertMetricArguments(ranking, gains, k);
  return computeDiscountedGain(ranking, gains, k);
}

/** DCG@k of arguments that were checked. */
export function computeDiscountedGain(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  return computeExpectedSum(ranking, k, (candidate) => gains[candidate]!, computeDiscount);
}

/** 1 / log2(rank + 1) at a position, the rank less 1. */
export function computeDiscount(position: number): number {
  return 1 / Math.log2(position + 2);
}
