import { InvalidArgumentError } from '@rppkit/spec';
import { assertChoice } from '../assert-arguments.ts';
import type { CandidateRanking } from '../candidate-ranking.ts';
import { assertCandidateRanking } from './candidate-places.ts';

/**
 * How a fusion counts the candidates that one of its rankings leaves out: `expected-ties` in one tie group after the
 * listed ones; `zero` as never retrieved: no points (an infinite rank for the median). Under `zero` the fused ranking
 * leaves out the candidates that no ranking lists.
 */
export type FusionMissing = 'expected-ties' | 'zero';

/** Throws `InvalidArgumentError` for no ranking, a ranking that is not one of `candidates` candidates, a wrong option. */
export function assertFusionArguments(
  rankings: readonly CandidateRanking[],
  candidates: number,
  missing: FusionMissing,
): void {
  if (!Array.isArray(rankings) || rankings.length === 0) {
    throw new InvalidArgumentError('rankings', 'an array of at least one ranking', rankings);
  }
  assertChoice('missing', missing, ['expected-ties', 'zero']);
  rankings.forEach((ranking, index) => {
    assertCandidateRanking(ranking, candidates, `rankings[${index}]`);
  });
}

/**
 * The ranking by fused `scores [candidates]`, higher first, candidates with equal scores in one tie group in index order.
 * Scores that agree to about 12 digits tie, so that the rounding of a sum never orders candidates.
 */
export function rankFusedScores(
  scores: Float64Array,
  rankings: readonly CandidateRanking[],
  missing: FusionMissing,
): CandidateRanking {
  const kept = new Uint8Array(scores.length).fill(missing === 'expected-ties' ? 1 : 0);
  if (missing === 'zero') for (const { order } of rankings) for (const candidate of order) kept[candidate] = 1;
  const order = Int32Array.from(scores.keys()).filter((candidate) => kept[candidate] === 1);
  // Compared, not subtracted: the difference of two equal infinities is NaN.
  order.sort((a, b) => (scores[a]! > scores[b]! ? -1 : scores[a]! < scores[b]! ? 1 : 0));
  const groups = new Int32Array(order.length);
  let start = 0;
  for (let position = 1; position < order.length; position++) {
    const better = scores[order[position - 1]!]!;
    const tied = scores[order[position]!]! >= better - 1e-12 * Math.abs(better);
    groups[position] = groups[position - 1]! + (tied ? 0 : 1);
    if (tied) continue;
    order.subarray(start, position).sort();
    start = position;
  }
  order.subarray(start).sort();
  return { order, groups };
}
