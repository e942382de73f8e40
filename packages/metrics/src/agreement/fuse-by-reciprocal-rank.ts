import { InvalidArgumentError } from '@rppkit/spec';
import type { CandidateRanking } from '../candidate-ranking.ts';
import { computeGroupValues } from './candidate-places.ts';
import { assertFusionArguments, type FusionMissing, rankFusedScores } from './fused-ranking.ts';

export interface ReciprocalRankFusionOptions {
  /** Number of candidates, a positive integer. */
  readonly candidates: number;
  /** Finite and at least 0, default 60: how little the first ranks stand out. */
  readonly k?: number;
  /** Default `zero`, as in the source: a ranking gives nothing to what it did not retrieve. */
  readonly missing?: FusionMissing;
}

/**
 * Fuses rankings by reciprocal rank fusion: candidates are ranked by
 *
 *   RRF(c) = sum over rankings of 1 / (k + rank of c)
 *
 * Tied candidates get the mean of 1 / (k + rank) over the ranks of their group, the expectation over its orders. Equal
 * sums tie (to about 12 digits).
 *
 * Throws `InvalidArgumentError` for no ranking, a ranking that is not one of `candidates` candidates, or a wrong option.
 *
 * Source: Cormack, Clarke, Büttcher, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods",
 * SIGIR 2009. Difference: the rule for ties is ours.
 */
export function fuseByReciprocalRank(
  rankings: readonly CandidateRanking[],
  { candidates, k = 60, missing = 'zero' }: ReciprocalRankFusionOptions,
): CandidateRanking {
  if (!Number.isFinite(k) || k < 0) throw new InvalidArgumentError('k', 'a finite number, at least 0', k);
  assertFusionArguments(rankings, candidates, missing);
  const sums = new Float64Array(candidates);
  const scoreOf = (start: number, end: number) => {
    let sum = 0;
    for (let position = start; position < end; position++) sum += 1 / (k + position + 1);
    return sum / (end - start);
  };
  for (const ranking of rankings) {
    const given = computeGroupValues(ranking, candidates, scoreOf, missing === 'zero' ? 0 : undefined);
    for (let candidate = 0; candidate < candidates; candidate++) sums[candidate]! += given[candidate]!;
  }
  return rankFusedScores(sums, rankings, missing);
}
