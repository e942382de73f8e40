import { assertArrayLike, assertChoice, assertPositiveInteger, largestCount } from './assert-arguments.ts';
import { type CandidateRanking, createIndexError } from './candidate-ranking.ts';

/**
 * Where candidates stand that an order leaves out: `expected-ties` in one tie group after the listed ones (the
 * expectation over all ways to complete the order); `bottom-in-candidate-order` after the listed ones; `zero` nowhere,
 * so that they count as never retrieved.
 */
export type MissingCandidates = 'expected-ties' | 'bottom-in-candidate-order' | 'zero';

export const missingRules: readonly MissingCandidates[] = ['expected-ties', 'bottom-in-candidate-order', 'zero'];

export interface RankOrderOptions {
  /** Number of candidates, a positive integer below 2^31. */
  readonly candidates: number;
  /** Default `expected-ties`. */
  readonly missing?: MissingCandidates;
}

/**
 * Ranks candidates as listed in `order` (indices, best first), without ties among them. The order may be incomplete or
 * empty: an answer that holds no ranking is an empty order, worth chance under `expected-ties` and 0 under `zero`.
 * Throws `InvalidArgumentError` for an index that is no candidate or stands twice, and for wrong options.
 */
export function rankOrder(
  order: ArrayLike<number>,
  { candidates, missing = 'expected-ties' }: RankOrderOptions,
): CandidateRanking {
  assertPositiveInteger('candidates', candidates, largestCount);
  assertArrayLike('order', order);
  assertChoice('missing', missing, missingRules);
  const listed = new Uint8Array(candidates);
  for (let position = 0; position < order.length; position++) {
    const candidate = order[position]!;
    if (!Number.isInteger(candidate) || listed[candidate] !== 0) {
      throw createIndexError(`order[${position}]`, candidates, candidate);
    }
    listed[candidate] = 1;
  }
  const ranked = new Int32Array(missing === 'zero' ? order.length : candidates);
  ranked.set(order);
  let position = order.length;
  for (let candidate = 0; position < ranked.length; candidate++) {
    if (listed[candidate] === 0) ranked[position++] = candidate;
  }
  const groups = Int32Array.from(order, (_, listedPosition) => listedPosition);
  return { order: ranked, groups: extendGroups(groups, ranked.length, missing) };
}

/** The tie groups of `length` positions, of which the first are those given and the others hold missing candidates. */
export function extendGroups(groups: Int32Array, length: number, missing: MissingCandidates): Int32Array {
  return Int32Array.from({ length }, (_, position) => {
    if (position < groups.length) return groups[position]!;
    return missing === 'bottom-in-candidate-order' ? position : groups.length;
  });
}
