import { InvalidArgumentError } from '@rppkit/spec';
import { normalCdf } from './normal.ts';
import { type Alternative, assertAlternative } from './paired-differences.ts';
import { studentTQuantile } from './student-t-quantile.ts';

/** What every question about the power of a paired t test states. */
export interface PairedTTestDesign {
  /** Standard deviation of the differences of two systems on one user, positive, in units of the metric. */
  readonly standardDeviation: number;
  /** Chance of rejecting equal systems, in (0, 1), default .05. */
  readonly significanceLevel?: number;
  /** Default `two-sided`. */
  readonly alternative?: Alternative;
}

export interface PairedTTestPowerOptions extends PairedTTestDesign {
  /** Users of the comparison, an integer from 2 to 1,000,001. */
  readonly users: number;
  /** True mean difference a - b in units of the metric. */
  readonly difference: number;
}

/**
 * Chance in [0, 1] that the paired t test rejects when the differences are normal with the given mean and deviation:
 * exact through the noncentral t distribution, no normal approximation.
 *
 *   T' = (Z + delta) / S,   delta = difference sqrt(n) / standardDeviation,   S^2 = chi^2_v / v,   v = n - 1
 *   P(T' > t) = E[CDF(delta - t S)]
 *
 * The expectation over S is a sum with equal steps in log S (the trapezoid rule, which converges exponentially here);
 * absolute error below 1e-10. Throws `InvalidArgumentError` for options out of range.
 *
 * Source of the definition: Cohen, "Statistical Power Analysis for the Behavioral Sciences", 1988, section 2.3.5.
 */
export function pairedTTestPower({
  users,
  difference,
  standardDeviation,
  significanceLevel = 0.05,
  alternative = 'two-sided',
}: PairedTTestPowerOptions): number {
  assertUsers(users);
  assertDesign(standardDeviation, significanceLevel, alternative);
  if (!Number.isFinite(difference)) throw new InvalidArgumentError('difference', 'a finite number', difference);
  const degreesOfFreedom = users - 1;
  const delta = (difference * Math.sqrt(users)) / standardDeviation;
  const tail = alternative === 'greater' ? significanceLevel : significanceLevel / 2;
  const critical = studentTQuantile(1 - tail, degreesOfFreedom);
  const power = computeNoncentralUpperTail(critical, degreesOfFreedom, delta);
  return alternative === 'greater' ? power : power + computeNoncentralUpperTail(critical, degreesOfFreedom, -delta);
}

/** Throws `InvalidArgumentError`. */
export function assertUsers(users: number): void {
  if (!Number.isInteger(users) || users < 2 || users > 1_000_001) {
    throw new InvalidArgumentError('users', 'an integer from 2 to 1,000,001', users);
  }
}

/** Throws `InvalidArgumentError`. */
export function assertDesign(standardDeviation: number, significanceLevel: number, alternative: Alternative): void {
  assertAlternative(alternative);
  if (!(standardDeviation > 0 && standardDeviation < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError('standardDeviation', 'a positive finite number', standardDeviation);
  }
  if (!(significanceLevel > 0 && significanceLevel < 1)) {
    throw new InvalidArgumentError('significanceLevel', 'between 0 and 1, both excluded', significanceLevel);
  }
}

/** Throws `InvalidArgumentError` unless significanceLevel < power < 1: equal systems are rejected that often already. */
export function assertPower(power: number, significanceLevel: number): void {
  if (!(power > significanceLevel && power < 1)) {
    throw new InvalidArgumentError('power', `between significanceLevel (${significanceLevel}) and 1`, power);
  }
}

/** P(T' > t) for t >= 0. */
function computeNoncentralUpperTail(t: number, degreesOfFreedom: number, delta: number): number {
  // Beyond these ends of u = log S the weight is below e^-40 of its peak at u = 0.
  const right = Math.sqrt(40 / degreesOfFreedom);
  const left = -(right + 40 / degreesOfFreedom);
  // Half of the narrowest feature: the weight's deviation, the step of CDF(delta - t S) where S is near delta / t, and the
  // slow decay of the weight's spectrum for few degrees of freedom.
  const width = 0.5 * Math.min(1 / Math.sqrt(2 * degreesOfFreedom), 1 / (1 + Math.abs(delta)), 0.25);
  let total = 0;
  let weighted = 0;
  for (let step = Math.floor(left / width); step * width <= right; step++) {
    const u = step * width;
    const weight = Math.exp(degreesOfFreedom * (u - Math.expm1(2 * u) / 2));
    total += weight;
    weighted += weight * normalCdf(delta - t * Math.exp(u));
  }
  return weighted / total;
}
