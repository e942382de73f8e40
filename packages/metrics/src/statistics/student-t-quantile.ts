import { InvalidArgumentError } from '@rppkit/spec';
import { studentTUpperTail } from './student-t.ts';

/**
 * The t with P(T <= t) = `probability` for Student's t distribution with 1 to 1e15 degrees of freedom; -Infinity for 0,
 * Infinity for 1 and where t would exceed the range of doubles. Found by halving an interval. For probabilities from 1e-300
 * the error is below 1e-10 |t|, or 1e-14 where that is more, near probability 1/2.
 * Throws `InvalidArgumentError` for a probability outside [0, 1] or degrees out of range.
 */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new InvalidArgumentError('probability', 'a number from 0 to 1', probability);
  }
  if (probability < 0.5) return -findUpperQuantile(probability, degreesOfFreedom);
  return findUpperQuantile(1 - probability, degreesOfFreedom);
}

/** The t >= 0 with P(T > t) = `tail`, at most 1/2. */
function findUpperQuantile(tail: number, degreesOfFreedom: number): number {
  let low = 0;
  let high = 1;
  while (studentTUpperTail(high, degreesOfFreedom) > tail) {
    low = high;
    high *= 2;
  }
  if (tail === 0 || tail === 0.5) return tail === 0 ? Number.POSITIVE_INFINITY : 0;
  for (;;) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) return middle;
    if (studentTUpperTail(middle, degreesOfFreedom) > tail) low = middle;
    else high = middle;
  }
}
