import { InvalidArgumentError } from '@rppkit/spec';
import { assertChoice, assertPositiveInteger } from './assert-arguments.ts';
import type { CandidateRanking } from './candidate-ranking.ts';

/**
 * Where candidates stand that an order leaves out: `expected-ties` in one tie group after the listed ones (the
 * expectation over all ways to complete the order); `bottom` after the listed ones in candidate order; `zero` nowhere,
 * so that they count as never retrieved.
 */
export type MissingCandidates = 'expected-ties' | 'bottom' | 'zero';

export const missingRules: readonly MissingCandidates[] = ['expected-ties', 'bottom', 'zero'];

export interface RankOrderOptions {
  /** Number of candidates, a positive integer. */
  readonly candidates: number;
  /** Default `expected-ties`. */
  readonly missing?: MissingCandidates;
}

/**
 * Ranks candidates as listed in `order` (indices, best first), without ties among them. The order may be incomplete or
 * empty: an answer that holds no ranking is an empty order, worth chance under `expected-ties` and 0 under `zero`.
 * Throws `InvalidArgumentError` for an index that is no candidate or stands twice.
 */
export function rankOrder(
  order: ArrayLike<number>,
  { candidates, missing = 'expected-ties' }: RankOrderOptions,
): CandidateRanking {
  assertPositiveInteger('candidates', candidates);
  assertChoice('missing', missing, missingRules);
  const listed = new Uint8Array(candidates);
  for (let position = 0; position < order.length; position++) {
    const candidate = order[position]!;
    if (!Number.isInteger(candidate) || candidate < 0 || candidate >= candidates) {
      throw new InvalidArgumentError(`order[${position}]`, `an integer from 0 to ${candidates - 1}`, candidate);
    }
    if (listed[candidate] === 1) {
      throw new InvalidArgumentError(
        `order[${position}]`,
        'a candidate that is not listed before',
        candidate,
        'Keep the first mention only.',
      );
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
    return missing === 'bottom' ? position : groups.length;
  });
}
