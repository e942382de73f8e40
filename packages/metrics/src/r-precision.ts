import { assertRankingAndGains, type CandidateRanking } from './candidate-ranking.ts';
import { computeExpectedHits } from './expected-sum.ts';

/**
 * R-precision: precision at R, where R is the number of relevant candidates (gain above 0), ranked or not. It has no
 * cut-off; at rank R precision and recall are equal.
 *
 *   R-precision = hits@R / R
 *
 * Ties: the exact expectation over all orders inside the tie groups. A list shorter than R has empty ranks that hold
 * nothing. `gains [candidates]` are finite and at least 0. Returns a value in [0, 1].
 * Throws `NoRelevantItemError` where no gain is positive and `InvalidArgumentError` for wrong arguments.
 *
 * Source: the `Rprec` measure of trec_eval; Buckley and Voorhees, "Retrieval system evaluation", in TREC: Experiment and
 * Evaluation in Information Retrieval, 2005.
 */
export function rPrecision(ranking: CandidateRanking, gains: ArrayLike<number>): number {
  const relevant = assertRankingAndGains(ranking, gains);
  return computeExpectedHits(ranking, gains, relevant) / relevant;
}
