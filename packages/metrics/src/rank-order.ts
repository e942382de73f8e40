import { InvalidArgumentError } from '@rppkit/spec';
import type { CandidateRanking } from './candidate-ranking.ts';

/**
 * Where candidates stand that an order leaves out: `expected-ties` in one tie group after the listed ones (the
 * expectation over all ways to complete the order); `bottom` after the listed ones in candidate order; `zero` nowhere,
 * so that they count as never retrieved.
 */
export type MissingCandidates = 'expected-ties' | 'bottom' | 'zero';

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
  if (!Number.isInteger(candidates) || candidates < 1) {
    throw new InvalidArgumentError('candidates', 'a positive integer', candidates);
  }
  if (missing !== 'expected-ties' && missing !== 'bottom' && missing !== 'zero') {
    throw new InvalidArgumentError('missing', "'expected-ties', 'bottom' or 'zero'", missing);
  }
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
  const length = missing === 'zero' ? order.length : candidates;
  const ranked = new Int32Array(length);
  const groups = new Int32Array(length);
  for (let position = 0; position < order.length; position++) {
    ranked[position] = order[position]!;
    groups[position] = position;
  }
  if (missing === 'zero') return { order: ranked, groups };
  let position = order.length;
  for (let candidate = 0; candidate < candidates; candidate++) {
    if (listed[candidate] === 1) continue;
    ranked[position] = candidate;
    groups[position] = missing === 'bottom' ? position : order.length;
    position++;
  }
  return { order: ranked, groups };
}
