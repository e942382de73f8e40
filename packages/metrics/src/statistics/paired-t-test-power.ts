import { InvalidArgumentError } from '@rppkit/spec';
import { normalCdf } from './normal.ts';
import { type Alternative, assertAlternative } from './paired-differences.ts';
import { studentTQuantile } from './student-t-quantile.ts';

/** What every question about the power of a paired t test states. */
export interface PairedTTestDesign {
  /** Standard deviation of the differences of two systems on one user, positive, in units of the metric. */
  readonly standardDeviation: number;
  /** Chance of rejecting equal systems, from 1e-300 to below 1, default .05. */
  readonly significanceLevel?: number;
  /** Default `two-sided`. */
  readonly alternative?: Alternative;
}

export interface PairedTTestPowerOptions extends PairedTTestDesign {
  /** Users of the comparison, an integer from 2 to 1e9. */
  readonly users: number;
  /** True mean difference a - b in units of the metric. */
  readonly difference: number;
}

/** Of the power functions. */
export const mostUsers = 1e9;

/**
 * Chance in [0, 1] that the paired t test rejects when the differences are normal with the given mean and deviation:
 * exact through the noncentral t distribution, no normal approximation.
 *
 *   T' = (Z + delta) / S,   delta = difference sqrt(n) / standardDeviation,   S^2 = chi^2_v / v,   v = n - 1
 *   P(T' > t) = E[CDF(delta - t S)]
 *
 * The expectation over S is a sum by the trapezoid rule, which converges exponentially here, over log S, with steps that
 * grow with the distance from S = delta / t, where the integrand falls; absolute error below 1e-10.
 * Throws `InvalidArgumentError` for options out of range.
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
  const delta = (difference / standardDeviation) * Math.sqrt(users);
  const tail = alternative === 'greater' ? significanceLevel : significanceLevel / 2;
  const critical = -studentTQuantile(tail, degreesOfFreedom);
  const power = computeNoncentralUpperTail(critical, degreesOfFreedom, delta);
  if (alternative === 'greater') return power;
  return Math.min(1, power + computeNoncentralUpperTail(critical, degreesOfFreedom, -delta));
}

/** Throws `InvalidArgumentError`. */
export function assertUsers(users: number): void {
  if (!Number.isInteger(users) || users < 2 || users > mostUsers) {
    throw new InvalidArgumentError('users', 'an integer from 2 to 1e9', users);
  }
}

/** Throws `InvalidArgumentError`. */
export function assertDesign(standardDeviation: number, significanceLevel: number, alternative: Alternative): void {
  assertAlternative(alternative);
  if (!(standardDeviation > 0 && standardDeviation < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError('standardDeviation', 'a positive finite number', standardDeviation);
  }
  if (!(significanceLevel >= 1e-300 && significanceLevel < 1)) {
    throw new InvalidArgumentError('significanceLevel', 'from 1e-300 to below 1', significanceLevel);
  }
}

/** Throws `InvalidArgumentError` unless significanceLevel < power < 1: equal systems are rejected that often already. */
export function assertPower(power: number, significanceLevel: number): void {
  if (!(power > significanceLevel && power < 1)) {
    throw new InvalidArgumentError('power', `between significanceLevel (${significanceLevel}) and 1`, power);
  }
}

/** P(T' > t) for t from 0 (-0 counts as 0) to below infinity and any delta. */
function computeNoncentralUpperTail(t: number, degreesOfFreedom: number, delta: number): number {
  // Beyond these ends of u = log S the weight is below e^-40 of its peak at u = 0.
  const right = Math.sqrt(40 / degreesOfFreedom);
  const left = -(right + 40 / degreesOfFreedom);
  // The normal CDF is 0 or 1 within 1e-15 beyond 8: then it is so for every S that counts.
  if (delta - t * Math.exp(left) < -8) return 0;
  if (delta - t * Math.exp(right) > 8) return 1;
  // u = centre + width sinh(s): near the centre, where the CDF falls within about 1 / delta, steps of u are as fine as that;
  // towards the farther end they grow to what the weight asks for, a part of its deviation, or of its slow left tail.
  const centre = delta > 0 ? Math.min(Math.max(Math.log(delta / t), left), right) : 0;
  const width = 1 / (1 + Math.abs(delta));
  const finest = 0.5 * Math.min(1 / Math.sqrt(2 * degreesOfFreedom), 0.25);
  const span = Math.max(right - centre, centre - Math.max(left, -1), width);
  const step = Math.min(0.5, finest / span);
  const last = Math.ceil(Math.asinh((right - centre) / width) / step);
  let total = 0;
  let weighted = 0;
  for (let index = Math.floor(Math.asinh((left - centre) / width) / step); index <= last; index++) {
    const u = centre + width * Math.sinh(index * step);
    const weight = Math.cosh(index * step) * Math.exp(degreesOfFreedom * (u - Math.expm1(2 * u) / 2));
    total += weight;
    weighted += weight * normalCdf(delta - t * Math.exp(u));
  }
  return weighted / total;
}
