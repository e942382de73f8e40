import { InvalidArgumentError } from '@rppkit/spec';
import { assertSample } from './sample-moments.ts';

/** `two-sided`: the means differ. `greater`: the mean of the first system is greater. */
export type Alternative = 'two-sided' | 'greater';

/** Throws `InvalidArgumentError` for anything but an `Alternative`. */
export function assertAlternative(alternative: Alternative): void {
  if (alternative === 'two-sided' || alternative === 'greater') return;
  throw new InvalidArgumentError('alternative', "'two-sided' or 'greater'", alternative);
}

/**
 * The differences a[i] - b[i] of two systems on the same users in the same order, `Float64Array [users]`. An interval of
 * a paired difference is `bootstrapMeanInterval` of these.
 * Throws `InvalidArgumentError` for differing lengths, fewer than two users or a value that is not finite.
 */
export function pairedDifferences(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  if (a.length !== b.length) {
    throw new InvalidArgumentError('b.length', `${a.length}, the length of a`, b.length, 'Pair the values by user.');
  }
  assertSample('a', a, 2);
  assertSample('b', b, 2);
  return Float64Array.from(a, (value, index) => value - b[index]!);
}
