import type { CandidateRanking } from '../candidate-ranking.ts';
import { assertCandidateRanking, computeGroupValues, computeMeanRank } from './candidate-places.ts';

export interface AverageRanksOptions {
  /** Number of candidates, a positive integer. */
  readonly candidates: number;
}

/**
 * The rank of each candidate from 1 (best), `Float64Array [candidates]`. Tied candidates share the mean of their ranks,
 * and so do the candidates that the ranking leaves out: they tie after all listed ones. Two such vectors are what
 * `kendallTauB` and `spearmanCorrelation` compare.
 * Throws `InvalidArgumentError` for a ranking that is not one of `candidates` candidates.
 */
export function averageRanks(ranking: CandidateRanking, { candidates }: AverageRanksOptions): Float64Array {
  assertCandidateRanking(ranking, candidates, 'ranking');
  return computeGroupValues(ranking, candidates, computeMeanRank);
}
