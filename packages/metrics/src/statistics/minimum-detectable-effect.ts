import {
  assertDesign,
  assertPower,
  assertUsers,
  type PairedTTestDesign,
  pairedTTestPower,
} from './paired-t-test-power.ts';

export interface MinimumDetectableEffectOptions extends PairedTTestDesign {
  /** Users of the comparison, an integer from 2 to 1e9. */
  readonly users: number;
  /** Chance of finding the effect, above `significanceLevel` and below 1, default .8. */
  readonly power?: number;
}

/**
 * The smallest true mean difference, in units of the metric, that the paired t test finds with chance `power`; exact,
 * through `pairedTTestPower`, relative error about 1e-9. By `standardDeviation` it is Cohen's d_z.
 * Throws `InvalidArgumentError` for options out of range.
 */
export function minimumDetectableEffect({
  users,
  standardDeviation,
  power = 0.8,
  significanceLevel = 0.05,
  alternative = 'two-sided',
}: MinimumDetectableEffectOptions): number {
  assertUsers(users);
  assertDesign(standardDeviation, significanceLevel, alternative);
  assertPower(power, significanceLevel);
  const design = { users, standardDeviation: 1, significanceLevel, alternative };
  let low = 0;
  let high = 1 / Math.sqrt(users);
  while (pairedTTestPower({ ...design, difference: high }) < power) {
    low = high;
    high *= 2;
  }
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2;
    if (pairedTTestPower({ ...design, difference: middle }) < power) low = middle;
    else high = middle;
  }
  return high * standardDeviation;
}
