import { assertMetricArguments, type CandidateRanking, findGroupEnd } from './candidate-ranking.ts';

/**
 * Normalised discounted cumulative gain at k, with linear gain.
 *
 *   NDCG@k = DCG@k / IDCG@k,   DCG@k = sum over ranks r = 1 … k of gain(r) / log2(r + 1)
 *
 * IDCG@k is the DCG@k of the candidates in order of falling gain; candidates that the ranking leaves out count in it.
 * Ties: the exact expectation over all orders inside the tie groups. DCG is a sum over ranks, so each candidate of a
 * group counts with the group's mean gain. A k beyond the list is allowed.
 *
 * `gains [candidates]` are finite and at least 0. Returns a value in [0, 1].
 * Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong arguments.
 *
 * Source: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques", ACM TOIS 20(4), 2002.
 * Differences: their discount leaves the first ranks as they are (division by log_b(r) from rank b on); log2(r + 1)
 * from rank 1 on is the form in common use.
 */
export function ndcg(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  assertMetricArguments(ranking, gains, k);
  const { order, groups } = ranking;
  let gained = 0;
  let start = 0;
  while (start < order.length && start < k) {
    const end = findGroupEnd(groups, start);
    let groupGain = 0;
    for (let position = start; position < end; position++) groupGain += gains[order[position]!]!;
    const meanGain = groupGain / (end - start);
    for (let position = start; position < end && position < k; position++) gained += meanGain / Math.log2(position + 2);
    start = end;
  }
  // Rounding alone can lift a ranking with ties above 1.
  return Math.min(1, gained / computeIdealGain(gains, k));
}

function computeIdealGain(gains: ArrayLike<number>, k: number): number {
  const ascending = Float64Array.from(gains).sort();
  const count = Math.min(k, ascending.length);
  let ideal = 0;
  for (let position = 0; position < count; position++) {
    ideal += ascending[ascending.length - 1 - position]! / Math.log2(position + 2);
  }
  return ideal;
}
