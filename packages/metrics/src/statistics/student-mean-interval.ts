import type { MeanInterval } from './bootstrap-mean-interval.ts';
import { assertLevel } from './interval-options.ts';
import { mean, standardDeviation } from './sample-moments.ts';
import { studentTQuantile } from './student-t-quantile.ts';

export interface StudentMeanIntervalOptions {
  /** Default .95. */
  readonly level?: number;
}

/**
 * Student's interval of the mean over users: mean -+ t s / sqrt(n) with n - 1 degrees of freedom. It agrees with
 * `pairedTTest` when fed paired differences; `bootstrapMeanInterval` follows skewed values more closely.
 * Throws `InvalidArgumentError` for fewer than two values, a value that is not finite or beyond 1e300 in size, or a level
 * outside (0, 1).
 *
 * Source: Student, "The probable error of a mean", Biometrika 6(1), 1908.
 */
export function studentMeanInterval(
  values: ArrayLike<number>,
  { level = 0.95 }: StudentMeanIntervalOptions = {},
): MeanInterval {
  assertLevel(level);
  const standardError = standardDeviation(values) / Math.sqrt(values.length);
  const halfWidth = -studentTQuantile((1 - level) / 2, values.length - 1) * standardError;
  const centre = mean(values);
  return { mean: centre, low: centre - halfWidth, high: centre + halfWidth, level };
}
