import { InvalidArgumentError } from '@rppkit/spec';

/** Sums and differences of values up to this size stay finite. */
const largest = 1e300;

/** Throws `InvalidArgumentError` unless `values` holds at least `minimum` numbers, all from -1e300 to 1e300. */
export function assertSample(name: string, values: ArrayLike<number>, minimum: number): void {
  if (!(values?.length >= minimum)) {
    throw new InvalidArgumentError(`${name}.length`, `at least ${minimum}`, values?.length);
  }
  for (let index = 0; index < values.length; index++) {
    const finite = Number.isFinite(values[index]);
    if (finite && Math.abs(values[index]!) <= largest) continue;
    throw new InvalidArgumentError(
      `${name}[${index}]`,
      finite ? 'from -1e300 to 1e300' : 'a finite number',
      values[index],
      finite
        ? 'Choose a larger unit.'
        : 'Leave out users without a value in all systems at once, and report their number.',
    );
  }
}

/** Arithmetic mean of at least one value from -1e300 to 1e300. Throws `InvalidArgumentError`. */
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
 * Sample standard deviation (divisor n - 1) of at least two values from -1e300 to 1e300; exactly 0 where all are equal.
 * Throws `InvalidArgumentError`.
 */
export function standardDeviation(values: ArrayLike<number>): number {
  assertSample('values', values, 2);
  const centre = mean(values);
  const unit = computeLargestDeviation(values, centre);
  if (unit === 0) return 0;
  let squares = 0;
  for (let index = 0; index < values.length; index++) squares += ((values[index]! - centre) / unit) ** 2;
  return unit * Math.sqrt(squares / (values.length - 1));
}

/** The largest |value - centre|. Powers of deviations in this unit neither overflow nor vanish. */
export function computeLargestDeviation(values: ArrayLike<number>, centre: number): number {
  let deviation = 0;
  for (let index = 0; index < values.length; index++)
    deviation = Math.max(deviation, Math.abs(values[index]! - centre));
  return deviation;
}
