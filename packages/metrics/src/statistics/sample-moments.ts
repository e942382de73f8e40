import { InvalidArgumentError } from '@rppkit/spec';

/** Throws `InvalidArgumentError` unless `values` holds at least `minimum` numbers, all of them finite. */
export function assertSample(name: string, values: ArrayLike<number>, minimum: number): void {
  if (values.length < minimum) {
    throw new InvalidArgumentError(`${name}.length`, `at least ${minimum}`, values.length);
  }
  for (let index = 0; index < values.length; index++) {
    if (!Number.isFinite(values[index])) {
      throw new InvalidArgumentError(
        `${name}[${index}]`,
        'a finite number',
        values[index],
        'Leave out users without a value in all systems at once, and report their number.',
      );
    }
  }
}

/** Arithmetic mean of at least one finite value. Throws `InvalidArgumentError`. */
export function mean(values: ArrayLike<number>): number {
  assertSample('values', values, 1);
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index]!;
  const estimate = total / values.length;
  // A second pass over the residuals removes rounding, so that the mean of equal values is that value.
  let residual = 0;
  for (let index = 0; index < values.length; index++) residual += values[index]! - estimate;
  return estimate + residual / values.length;
}

/**
 * Sample standard deviation (divisor n - 1) of at least two finite values; exactly 0 where all are equal.
 * Throws `InvalidArgumentError`.
 */
export function standardDeviation(values: ArrayLike<number>): number {
  assertSample('values', values, 2);
  const centre = mean(values);
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += (values[index]! - centre) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}
