import { InvalidArgumentError } from '@rppkit/spec';
import { assertSample } from './sample-moments.ts';

/** `two-sided`: the means differ. `greater`: the mean of the first system is greater. */
export type Alternative = 'two-sided' | 'greater';

/** Throws `InvalidArgumentError` for anything but an `Alternative`. */
export function assertAlternative(alternative: Alternative): void {
  if (alternative === 'two-sided' || alternative === 'greater') return;
  throw new InvalidArgumentError('alternative', "'two-sided' or 'greater'", alternative);
}

/** Values that differ by at most this share of the larger one are equal: 4,500 times the spacing of doubles. */
const rounding = 1e-12;

/**
 * The differences a[i] - b[i] of two systems on the same users in the same order, `Float64Array [users]`, which every
 * paired test and effect size starts from. Values that are equal but for rounding have a difference of exactly 0, so that
 * `0.1 + 0.2` does not beat `0.3`:
 *
 *   d_i = 0   where |a_i - b_i| <= 1e-12 max(|a_i|, |b_i|)
 *
 * An interval of a paired difference is `bootstrapMeanInterval` of these. Throws `InvalidArgumentError` for differing
 * lengths, fewer than two users, or a value that is not finite or beyond 1e300 in size.
 */
export function pairedDifferences(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  assertSample('a', a, 2);
  if (b?.length !== a.length) {
    throw new InvalidArgumentError('b.length', `${a.length}, the length of a`, b?.length, 'Pair the values by user.');
  }
  assertSample('b', b, 2);
  return Float64Array.from(a, (value, index) => {
    const difference = value - b[index]!;
    return Math.abs(difference) <= rounding * Math.max(Math.abs(value), Math.abs(b[index]!)) ? 0 : difference;
  });
}
