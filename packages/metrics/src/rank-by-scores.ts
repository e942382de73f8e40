import { InvalidArgumentError } from '@rppkit/spec';
import { assertNumbers } from './assert-arguments.ts';
import { breakTies, type TieOptions } from './break-ties.ts';
import type { CandidateRanking } from './candidate-ranking.ts';

/**
 * Ranks all candidates by score, `scores [candidates]`: higher first. Equal scores count as `options.ties` says; by
 * default they form one tie group, so that a constant scorer gets the chance value of every metric. Infinite scores are
 * allowed. Throws `InvalidArgumentError` for no score, a NaN, what is no array, an unknown tie rule, and
 * gains that no metric would take.
 */
export function rankByScores(scores: ArrayLike<number>, options: TieOptions = {}): CandidateRanking {
  assertNumbers('scores', scores);
  if (scores.length === 0) throw new InvalidArgumentError('scores', 'at least one number', scores);
  const order = Int32Array.from({ length: scores.length }, (_, candidate) => candidate);
  // Compared, not subtracted: the difference of two equal infinities is NaN.
  order.sort((a, b) => (scores[a]! > scores[b]! ? -1 : scores[a]! < scores[b]! ? 1 : 0));
  const groups = new Int32Array(order.length);
  for (let position = 1; position < order.length; position++) {
    const tied = scores[order[position]!] === scores[order[position - 1]!];
    groups[position] = groups[position - 1]! + (tied ? 0 : 1);
  }
  return breakTies({ order, groups }, options);
}
