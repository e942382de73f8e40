import type { CandidateRanking } from '../candidate-ranking.ts';
import { computeGroupValues, computeMeanRank } from './candidate-places.ts';
import { assertFusionArguments, type FusionMissing, rankFusedScores } from './fused-ranking.ts';

export interface CopelandOptions {
  /** Number of candidates, a positive integer. */
  readonly candidates: number;
  /** Default `expected-ties`; under both values unlisted candidates lose to listed ones and draw with one another. */
  readonly missing?: FusionMissing;
}

/**
 * Fuses rankings of the same candidates by Copeland's rule: each pair of candidates is a duel, won by the one that more
 * rankings place higher, and candidates are ranked by duels won less duels lost. Where one candidate wins all its duels
 * (a Condorcet winner) it comes first. Equal counts tie. O(rankings * candidates^2).
 *
 * Throws `InvalidArgumentError` for no ranking, a ranking that is not one of `candidates` candidates, or a wrong option.
 *
 * Source: Copeland, "A reasonable social welfare function", 1951.
 */
export function fuseByCopeland(
  rankings: readonly CandidateRanking[],
  { candidates, missing = 'expected-ties' }: CopelandOptions,
): CandidateRanking {
  assertFusionArguments(rankings, candidates, missing);
  const ranks = rankings.map((ranking) => computeGroupValues(ranking, candidates, computeMeanRank));
  const wins = new Float64Array(candidates);
  for (let second = 1; second < candidates; second++) {
    for (let first = 0; first < second; first++) {
      const lead = ranks.reduce((sum, values) => sum + Math.sign(values[second]! - values[first]!), 0);
      wins[first]! += Math.sign(lead);
      wins[second]! -= Math.sign(lead);
    }
  }
  return rankFusedScores(wins, rankings, missing);
}
