import { assertMetricArguments, type CandidateRanking } from './candidate-ranking.ts';
import { computeExpectedHits } from './expected-sum.ts';

/**
 * Precision at k: the share of the first k ranks that hold a relevant candidate (gain above 0).
 *
 *   precision@k = hits@k / k
 *
 * Divided by k also where the list is shorter: empty ranks count as not relevant. Ties: the exact expectation over all
 * orders inside the tie groups.
 *
 * `gains [candidates]` are finite and at least 0. Returns a value in [0, 1]; a perfect ranking gets min(k, R) / k with R
 * relevant candidates. Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong
 * arguments.
 *
 * Sources: the `P` measure of trec_eval; ties: McSherry and Najork, "Computing information retrieval performance
 * measures efficiently in the presence of tied scores", ECIR 2008.
 */
export function precision(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  assertMetricArguments(ranking, gains, k);
  return computeExpectedHits(ranking, gains, k) / k;
}
