import { assertSample } from './sample-moments.ts';

/**
 * Mean of the middle half of at least one value: floor(n / 4) values are left out at each end, as in rliable
 * (`scipy.stats.trim_mean` with 0.25). Robust to a few failed seeds, yet steadier than the median.
 * Throws `InvalidArgumentError` for no value or one that is not finite.
 *
 * Source: Agarwal, Schwarzer, Castro, Courville, Bellemare, "Deep reinforcement learning at the edge of the statistical
 * precipice", NeurIPS 2021.
 */
export function interquartileMean(values: ArrayLike<number>): number {
  assertSample('values', values, 1);
  const ascending = Float64Array.from(values).sort();
  const cut = Math.floor(ascending.length / 4);
  let sum = 0;
  for (let index = cut; index < ascending.length - cut; index++) sum += ascending[index]!;
  return sum / (ascending.length - 2 * cut);
}
