import { assertMetricArguments, type CandidateRanking } from './candidate-ranking.ts';
import { computeExpectedHits } from './expected-sum.ts';

/**
 * Recall at k: the share of the relevant candidates (gain above 0) that stand in the first k ranks.
 *
 *   recall@k = hits@k / R,   R = number of relevant candidates, ranked or not
 *
 * Divided by R also where R exceeds k, so that a perfect ranking gets min(k, R) / R. Ties: the exact expectation over all
 * orders inside the tie groups. A k beyond the list is allowed: its empty ranks hold nothing.
 *
 * `gains [candidates]` are finite and at least 0. Returns a value in [0, 1].
 * Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong arguments.
 *
 * Sources: the `recall` measure of trec_eval; ties: McSherry and Najork, "Computing information retrieval performance
 * measures efficiently in the presence of tied scores", ECIR 2008.
 */
export function recall(ranking: CandidateRanking, gains: ArrayLike<number>, k: number): number {
  const relevant = assertMetricArguments(ranking, gains, k);
  return computeExpectedHits(ranking, gains, k) / relevant;
}
