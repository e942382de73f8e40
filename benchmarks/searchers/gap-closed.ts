import type { RandomStream } from '@rppkit/spec';
import { computeMean, computeVariance } from '../worlds/user-rewards.ts';

/** One seed's report users: what a system gains over the best fixed prompt, and what the context oracle does. */
export interface SeedGains {
  readonly users: number;
  readonly gain: number;
  readonly headroom: number;
  /** Over users, per user. */
  readonly gainVariance: number;
  readonly headroomVariance: number;
  readonly covariance: number;
}

export interface GapClosed {
  /** Mean gain over mean headroom. */
  readonly share: number;
  /** Lower end of the 95 % interval. */
  readonly low: number;
  readonly high: number;
}

const resamples = 4000;

/** Sums up paired rewards of one seed's users. */
export function computeSeedGains(own: Float64Array, fixed: Float64Array, oracle: Float64Array): SeedGains {
  const gains = own.map((value, user) => value - fixed[user]!);
  const headrooms = oracle.map((value, user) => value - fixed[user]!);
  const [gain, headroom] = [computeMean(gains), computeMean(headrooms)];
  const products = gains.map((value, user) => (value - gain) * (headrooms[user]! - headroom));
  return {
    users: gains.length,
    gain,
    headroom,
    gainVariance: computeVariance(gains),
    headroomVariance: computeVariance(headrooms),
    covariance: products.reduce((sum, product) => sum + product, 0) / (gains.length - 1),
  };
}

/**
 * The share of the gap between best fixed prompt and context oracle that a system closes, with a bootstrap of two levels:
 * seeds are drawn with replacement; the means over a drawn seed's users from the normal distribution that thousands of users
 * give them. Undefined where the interval of the headroom touches 0: there is no gap to divide by.
 */
export function computeGapClosed(seeds: readonly SeedGains[], random: RandomStream): GapClosed | undefined {
  const shares = new Float64Array(resamples);
  const headrooms = new Float64Array(resamples);
  for (let resample = 0; resample < resamples; resample++) {
    let gain = 0;
    let headroom = 0;
    for (let draw = 0; draw < seeds.length; draw++) {
      const seed = seeds[random.integer(seeds.length)]!;
      const first = Math.sqrt(seed.headroomVariance / seed.users) * random.normal();
      const slope = seed.headroomVariance === 0 ? 0 : seed.covariance / seed.headroomVariance;
      const rest = Math.max(0, seed.gainVariance - slope * seed.covariance) / seed.users;
      headroom += seed.headroom + first;
      gain += seed.gain + slope * first + Math.sqrt(rest) * random.normal();
    }
    shares[resample] = gain / headroom;
    headrooms[resample] = headroom;
  }
  headrooms.sort();
  const tail = Math.floor(0.025 * resamples);
  if (headrooms[tail]! <= 0) return undefined;
  shares.sort();
  const sum = (read: (seed: SeedGains) => number): number => seeds.reduce((total, seed) => total + read(seed), 0);
  return {
    share: sum(({ gain }) => gain) / sum(({ headroom }) => headroom),
    low: shares[tail]!,
    high: shares[resamples - 1 - tail]!,
  };
}
