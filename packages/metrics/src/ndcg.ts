import { assertMetricArguments, type CandidateRanking } from './candidate-ranking.ts';
import { computeDiscount, computeDiscountedGain } from './dcg.ts';

/**
 * Normalised discounted cumulative gain at k, with linear gain (for 2^gain - 1 see `ndcgBurges`).
 *
 *   NDCG@k = DCG@k / IDCG@k,   DCG@k = sum over ranks r = 1 … k of gain(r) / log2(r + 1)
 *
 * IDCG@k is the DCG@k of the candidates in order of falling gain, truncated at k like the DCG; candidates that the
 * ranking leaves out count in it. Ties: the exact expectation over all orders inside the tie groups. DCG is a sum over
 * ranks, so each candidate of a group counts with the group's mean gain. A k beyond the list is allowed: its empty ranks
 * gain nothing.
 *
 * `gains [candidates]` are finite and at least 0. Returns a value in [0, 1].
 * Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong arguments.
 *
 * Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002.
 * Differences: their discount leaves the first ranks as they are (division by log_b(r) from rank b on); log2(r + 1)
 * from rank 1 on is the form in common use.
 */
export function ndcg(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  const relevant = assertMetricArguments(ranking, gains, k);
  // Rounding alone can lift a ranking with ties above 1.
  return Math.min(1, computeDiscountedGain(ranking, gains, k) / computeIdealGain(gains, relevant, k));
}

function computeIdealGain(gains: ArrayLike<number>, relevant: number, k: number): number {
  const ascending = new Float64Array(relevant);
  let found = 0;
  for (let candidate = 0; found < relevant; candidate++) {
    if (gains[candidate]! > 0) ascending[found++] = gains[candidate]!;
  }
  ascending.sort();
  let ideal = 0;
  for (let position = 0; position < relevant && position < k; position++) {
    ideal += ascending[relevant - 1 - position]! * computeDiscount(position);
  }
  return ideal;
}
