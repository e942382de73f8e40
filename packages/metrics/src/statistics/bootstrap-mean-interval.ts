import type { RandomStream } from '@rppkit/spec';
import { assertRandomOptions } from './assert-random-stream.ts';
import { assertLevel, assertResamples } from './interval-options.ts';
import { normalCdf, normalQuantile } from './normal.ts';
import { interpolatePercentile } from './percentile.ts';
import { assertSample, computeLargestDeviation, mean } from './sample-moments.ts';

export interface MeanInterval {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Coverage aimed at, such as .95. */
  readonly level: number;
}

export interface BootstrapMeanIntervalOptions {
  readonly random: RandomStream;
  /** Default .95. */
  readonly level?: number;
  /** Default 2,000; at least 2 / (1 - level), so that each tail holds a resample. */
  readonly resamples?: number;
}

/**
 * Bias-corrected and accelerated (BCa) bootstrap interval of the mean over users. For a paired difference pass
 * `pairedDifferences(a, b)`.
 *
 *   z0 = quantile of the share of resampled means below the mean, ties counted half
 *   a  = sum d^3 / (6 (sum d^2)^(3/2)),  d = value - mean   (the jackknife in closed form)
 *   an end of the interval = percentile CDF(z0 + (z0 + z) / (1 - a (z0 + z))) of the resampled means
 *
 * with z the normal quantiles of (1 - level) / 2 and (1 + level) / 2, and percentiles interpolated linearly. Equal values
 * give a point. The interval describes users drawn like these; it knows nothing of other seeds.
 * Throws `InvalidArgumentError` for fewer than two values, a value that is not finite or beyond 1e300 in size, or wrong
 * options.
 *
 * Source: Efron, "Better bootstrap confidence intervals", Journal of the American Statistical Association 82, 1987.
 */
export function bootstrapMeanInterval(values: ArrayLike<number>, options: BootstrapMeanIntervalOptions): MeanInterval {
  const { random, level = 0.95, resamples = 2000 } = assertRandomOptions(options);
  assertSample('values', values, 2);
  assertLevel(level);
  assertResamples(resamples, level);
  const centre = mean(values);
  const acceleration = computeAcceleration(values, centre);
  if (acceleration === undefined) return { mean: centre, low: centre, high: centre, level };
  const resampled = resampleMeans(values, random, resamples).sort();
  const correction = normalQuantile(computeShareBelow(resampled, values, centre));
  const computeEnd = (probability: number): number => {
    const shifted = correction + normalQuantile(probability);
    return interpolatePercentile(resampled, normalCdf(correction + shifted / (1 - acceleration * shifted)));
  };
  return { mean: centre, low: computeEnd((1 - level) / 2), high: computeEnd((1 + level) / 2), level };
}

/** Undefined where all values are equal. */
function computeAcceleration(values: ArrayLike<number>, centre: number): number | undefined {
  const unit = computeLargestDeviation(values, centre);
  if (unit === 0) return undefined;
  let squares = 0;
  let cubes = 0;
  for (let index = 0; index < values.length; index++) {
    const deviation = (values[index]! - centre) / unit;
    squares += deviation ** 2;
    cubes += deviation ** 3;
  }
  return cubes / (6 * squares ** 1.5);
}

/** `Float64Array [resamples]`; resample after resample, each draws `values.length` indices. */
function resampleMeans(values: ArrayLike<number>, random: RandomStream, resamples: number): Float64Array {
  const means = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let sum = 0;
    for (let draw = 0; draw < values.length; draw++) sum += values[random.integer(values.length)]!;
    means[resample] = sum / values.length;
  }
  return means;
}

/** Kept half a resample away from 0 and 1, where the quantile would be infinite. */
function computeShareBelow(resampled: Float64Array, values: ArrayLike<number>, centre: number): number {
  let scale = 0;
  for (let index = 0; index < values.length; index++) scale = Math.max(scale, Math.abs(values[index]!));
  // Means of equal size may differ by rounding; the slack counts them as equal.
  const slack = 1e-12 * scale;
  let below = 0;
  for (const value of resampled) below += Math.abs(value - centre) <= slack ? 0.5 : value < centre ? 1 : 0;
  return Math.min(Math.max(below, 0.5), resampled.length - 0.5) / resampled.length;
}
