import type { CandidateRanking } from '../candidate-ranking.ts';
import { computeGroupValues, computeMeanRank } from './candidate-places.ts';
import { assertFusionArguments, type FusionMissing, rankFusedScores } from './fused-ranking.ts';

export interface BordaOptions {
  /** Number of candidates, a positive integer. */
  readonly candidates: number;
  /** Default `expected-ties`; `zero` gives unlisted candidates no points. */
  readonly missing?: FusionMissing;
}

/**
 * Fuses rankings of the same candidates by Borda count: each ranking gives n - rank + 1 points, n = `candidates`, and the
 * candidates are ranked by their sum. Tied candidates get the mean of their points. Equal sums tie.
 *
 * Throws `InvalidArgumentError` for no ranking, a ranking that is not one of `candidates` candidates, or a wrong option.
 *
 * Source: de Borda, "Mémoire sur les élections au scrutin", 1781; for search results Aslam and Montague, "Models for
 * metasearch", SIGIR 2001, who share the points left over among unlisted items, as `expected-ties` does.
 */
export function fuseByBorda(
  rankings: readonly CandidateRanking[],
  { candidates, missing = 'expected-ties' }: BordaOptions,
): CandidateRanking {
  assertFusionArguments(rankings, candidates, missing);
  const points = new Float64Array(candidates);
  const pointsOf = (start: number, end: number) => candidates + 1 - computeMeanRank(start, end);
  for (const ranking of rankings) {
    const given = computeGroupValues(ranking, candidates, pointsOf, missing === 'zero' ? 0 : undefined);
    for (let candidate = 0; candidate < candidates; candidate++) points[candidate]! += given[candidate]!;
  }
  return rankFusedScores(points, rankings, missing);
}
