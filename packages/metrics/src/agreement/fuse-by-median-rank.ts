import type { CandidateRanking } from '../candidate-ranking.ts';
import { computeGroupValues, computeMeanRank } from './candidate-places.ts';
import { assertFusionArguments, type FusionMissing, rankFusedScores } from './fused-ranking.ts';

export interface MedianRankOptions {
  /** Number of candidates, a positive integer. */
  readonly candidates: number;
  /** Default `expected-ties`; `zero` gives unlisted candidates an infinite rank. */
  readonly missing?: FusionMissing;
}

/**
 * Fuses rankings of the same candidates by their median rank, lower first: what most rankings agree on, whatever a few
 * outliers say. Tied candidates have the mean of their ranks; of an even number of rankings the median is the mean of the
 * two middle ranks. Equal medians tie, which is frequent for few rankings.
 *
 * Throws `InvalidArgumentError` for no ranking, a ranking that is not one of `candidates` candidates, or a wrong option.
 *
 * Source: Fagin, Kumar, Sivakumar, "Efficient similarity search and classification via rank aggregation", SIGMOD 2003.
 * Difference: they take one of the two middle ranks.
 */
export function fuseByMedianRank(
  rankings: readonly CandidateRanking[],
  { candidates, missing = 'expected-ties' }: MedianRankOptions,
): CandidateRanking {
  assertFusionArguments(rankings, candidates, missing);
  const absent = missing === 'zero' ? Number.POSITIVE_INFINITY : undefined;
  const ranks = rankings.map((ranking) => computeGroupValues(ranking, candidates, computeMeanRank, absent));
  const scores = Float64Array.from({ length: candidates }, (_, candidate) => {
    const sorted = Float64Array.from(ranks, (values) => values[candidate]!).sort();
    return -(sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
  });
  return rankFusedScores(scores, rankings, missing);
}
