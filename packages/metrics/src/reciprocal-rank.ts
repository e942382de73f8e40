import { assertMetricArguments, type CandidateRanking, createRelevance } from './candidate-ranking.ts';
import { computeExpectedStop, computeReciprocal } from './expected-stop.ts';

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
  return computeExpectedStop(ranking, k, createRelevance(gains), computeReciprocal);
}
