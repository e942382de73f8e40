/**
 * The interval of a mean of skewed values with heavy tails.
 * Hall: "On the removal of skewness by transformation", Journal of the Royal Statistical Society B 54(1), 1992.
 *
 *   T = sqrt(n) (m - M) / s,   g(T) = T + a c T^2 + (a c)^2 T^3 / 3 + b c,   c = skewness / sqrt(n),   a = 1/3,   b = 1/6
 *
 * Symbols: n groups; m estimate, M what it estimates; s standard deviation and skewness of the groups' influences. g(T) is
 * nearly normal where T is not; the interval holds the M whose g(T) lies between the quantiles.
 *
 * Satterthwaite: "An approximate distribution of estimates of variance components", Biometrics Bulletin 2(6), 1946: an
 * estimated variance v has 2 E(v)^2 / Var(v) degrees of freedom, here 2 n / (kurtosis - 1), which is n for normal values.
 *
 * Differences from the papers: quantiles of Student's t with these degrees of freedom, n - 1 at most, not of the normal
 * distribution.
 */

import { studentTQuantile } from '@rppkit/metrics/statistics';
import { InvalidArgumentError } from '@rppkit/spec';
import type { PromptLog } from './prompt-log.ts';

/** A value with its uncertainty over the groups of a log. */
export interface GroupInterval {
  readonly estimate: number;
  readonly standardError: number;
  /** Lower end of the interval, which need not be symmetric: it follows the skewness of the weights. */
  readonly low: number;
  /** Its upper end. */
  readonly high: number;
}

/**
 * The interval from the influence of each row, whose mean is 0; rows of one group count as one observation. Throws
 * `InvalidArgumentError` for a level outside (0, 1).
 */
export function computeGroupInterval(
  { rows, groups, groupCount }: PromptLog,
  estimate: number,
  influences: Float64Array,
  level: number,
): GroupInterval {
  if (!(level > 0 && level < 1)) throw new InvalidArgumentError('level', 'between 0 and 1, both excluded', level);
  const sums = new Float64Array(groupCount);
  for (let row = 0; row < rows; row++) sums[groups[row]!]! += influences[row]!;
  let squares = 0;
  let cubes = 0;
  let fourths = 0;
  for (let group = 0; group < groupCount; group++) {
    squares += sums[group]! ** 2;
    cubes += sums[group]! ** 3;
    fourths += sums[group]! ** 4;
  }
  const standardError = Math.sqrt((squares * groupCount) / (groupCount - 1)) / rows;
  // Skewness / sqrt(n); without spread there is none.
  const skew = squares === 0 ? 0 : cubes / squares ** 1.5;
  const kurtosis = squares === 0 ? 3 : (groupCount * fourths) / squares ** 2;
  // Where all deviations are of one size, rounding may give a kurtosis just below 1.
  const degrees = kurtosis > 1 ? Math.min(groupCount - 1, (2 * groupCount) / (kurtosis - 1)) : groupCount - 1;
  const quantile = -studentTQuantile((1 - level) / 2, degrees);
  return {
    estimate,
    standardError,
    low: estimate - standardError * invertTransformation(quantile, skew),
    high: estimate - standardError * invertTransformation(-quantile, skew),
  };
}

/** The T with g(T) = `value`. */
function invertTransformation(value: number, skew: number): number {
  const slope = skew / 3;
  // g is then the identity to double precision.
  if (Math.abs(slope) < 1e-8) return value;
  return (Math.cbrt(1 + 3 * slope * (value - skew / 6)) - 1) / slope;
}
