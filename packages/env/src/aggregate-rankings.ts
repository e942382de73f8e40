import { type CandidateRanking, type MissingCandidates, rankOrder } from '@rppkit/metrics';
import { fuseByBorda } from '@rppkit/metrics/agreement';

export interface AggregateRankingsOptions {
  /** Number of candidates, a positive integer. */
  readonly candidates: number;
  /** Where candidates stand that a ranking leaves out, all of them for an empty one; default `expected-ties`. */
  readonly missing?: MissingCandidates;
}

/**
 * One ranking from several answers to one task, by Borda count: answers to several candidate orders (permutation
 * self-consistency), to several prompts, or repeated draws. Each ranking lists indices of the task's own candidates, best
 * first, and may be incomplete or empty. Candidates with equal points tie. Throws `InvalidArgumentError` for no ranking,
 * an index that is no candidate or stands twice, and for wrong options.
 */
export function aggregateRankings(
  rankings: readonly ArrayLike<number>[],
  { candidates, missing = 'expected-ties' }: AggregateRankingsOptions,
): CandidateRanking {
  const ranked = rankings.map((order) => rankOrder(order, { candidates, missing }));
  if (ranked.length === 1) return ranked[0]!;
  return fuseByBorda(ranked, { candidates, missing: missing === 'zero' ? 'zero' : 'expected-ties' });
}
