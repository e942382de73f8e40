import { assertMetricArguments, type CandidateRanking, findGroupEnd } from './candidate-ranking.ts';

/**
 * Reciprocal rank at k: 1 / rank of the first relevant candidate (gain above 0), or 0 where that rank exceeds k. Its
 * mean over users is MRR@k.
 *
 * Ties: the exact expectation over all orders inside the tie groups. Only the first group that holds a relevant
 * candidate matters. Let it follow s positions and hold g candidates, r of them relevant; then
 *
 *   E = sum over j = 1 … min(g - r + 1, k - s) of P(j) / (s + j)
 *   P(j) = P(no relevant candidate in the first j - 1 places of the group) * r / (g - j + 1)
 *
 * A k beyond the list is allowed. `gains [candidates]` are finite and at least 0. Returns a value in [0, 1].
 * Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong arguments.
 *
 * Source: Voorhees, "The TREC-8 question answering track report", TREC-8, 1999 (there k = 5).
 */
export function reciprocalRank(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  assertMetricArguments(ranking, gains, k);
  const { order, groups } = ranking;
  let start = 0;
  while (start < order.length && start < k) {
    const end = findGroupEnd(groups, start);
    let relevant = 0;
    for (let position = start; position < end; position++) if (gains[order[position]!]! > 0) relevant++;
    if (relevant > 0) return computeGroupExpectation(start, end - start, relevant, k);
    start = end;
  }
  return 0;
}

function computeGroupExpectation(start: number, size: number, relevant: number, k: number): number {
  let expectation = 0;
  let noneSoFar = 1;
  const places = Math.min(size - relevant + 1, k - start);
  for (let place = 0; place < places; place++) {
    const chance = relevant / (size - place);
    expectation += (noneSoFar * chance) / (start + place + 1);
    noneSoFar *= 1 - chance;
  }
  return expectation;
}
