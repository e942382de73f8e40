import { assertMetricArguments, type CandidateRanking, createRelevance } from './candidate-ranking.ts';
import { computeExpectedStop } from './expected-stop.ts';

/**
 * Hit rate at k: 1 where at least one relevant candidate (gain above 0) stands in the first k ranks, else 0.
 *
 * Ties: the probability of that over all orders inside the tie groups. Where rank k falls inside a group of g
 * candidates, r of them relevant and m of its places within the first k, this is hypergeometric:
 *
 *   1 - C(g - r, m) / C(g, m)
 *
 * A k beyond the list is allowed. `gains [candidates]` are finite and at least 0. Returns a value in [0, 1].
 * Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong arguments.
 * Also called success at k; for one relevant candidate it equals recall at k.
 *
 * Source: the `success` measure of trec_eval.
 */
export function hitRate(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  assertMetricArguments(ranking, gains, k);
  return computeExpectedStop(ranking, k, createRelevance(gains), () => 1);
}
