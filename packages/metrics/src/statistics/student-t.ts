import { InvalidArgumentError } from '@rppkit/spec';
import { normalCdf } from './normal.ts';

/**
 * Student's t distribution with v = `degreesOfFreedom`, from 1 to 1e15. Up to 1e6 through the regularised incomplete beta
 * function, beyond, where its fraction loses digits, through the normal tail of a transformed t:
 *
 *   P(T > t) = I_x(v / 2, 1 / 2) / 2   for t >= 0,   x = v / (v + t^2)
 *   P(T > t) = P(Z > w + (w^3 + 3w) / (48 a^2)),   w^2 = a log(1 + t^2 / v),   a = v - 1/2
 *
 * Relative error below 1e-10 either way, also in small tails down to 1e-300; the terms that the second form leaves out
 * stay below 1e-14.
 *
 * Sources: Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.7.1 and 26.5.8 (the continued fraction); Hill,
 * "Algorithm 395: Student's t-distribution", Communications of the ACM 13(10), 1970 (the expansion).
 */

const mostFractionDegrees = 1e6;

/** P(T <= t), in [0, 1]. `t` may be infinite. Throws `InvalidArgumentError` for NaN or degrees out of range. */
export function studentTCdf(t: number, degreesOfFreedom: number): number {
  return studentTUpperTail(-t, degreesOfFreedom);
}

/** P(T > t), in [0, 1]; accurate for small tails, where 1 - CDF is not. Throws as `studentTCdf`. */
export function studentTUpperTail(t: number, degreesOfFreedom: number): number {
  const tails = studentTTwoSidedP(t, degreesOfFreedom);
  return t >= 0 ? tails / 2 : 1 - tails / 2;
}

/** P(|T| >= |t|), in [0, 1]. Throws as `studentTCdf`. */
export function studentTTwoSidedP(t: number, degreesOfFreedom: number): number {
  if (Number.isNaN(t)) throw new InvalidArgumentError('t', 'a number', t);
  if (!(degreesOfFreedom >= 1 && degreesOfFreedom <= 1e15)) {
    throw new InvalidArgumentError('degreesOfFreedom', 'from 1 to 1e15', degreesOfFreedom);
  }
  if (!Number.isFinite(t)) return 0;
  const root = Math.abs(t) / Math.sqrt(degreesOfFreedom);
  const ratio = root * root;
  // log(1 + ratio): through log1p, because ratio is near 0 for many degrees; where the square may overflow, 1 is nothing.
  const logarithm = root > 1e10 ? 2 * Math.log(root) : Math.log1p(ratio);
  if (degreesOfFreedom > mostFractionDegrees) {
    const a = degreesOfFreedom - 0.5;
    const w = Math.sqrt(a * logarithm);
    return 2 * normalCdf(-(w + (w ** 3 + 3 * w) / (48 * a * a)));
  }
  const a = degreesOfFreedom / 2;
  const x = 1 / (1 + ratio);
  // 1 - x, written so that neither ratio 0 nor an infinite ratio gives NaN.
  const y = 1 / (1 + 1 / ratio);
  // x^a (1 - x)^(1/2) / B(a, 1/2)
  const front = (Math.exp(-a * logarithm) * Math.sqrt(y) * computeGammaRatio(a)) / Math.sqrt(Math.PI);
  // The continued fraction converges fast on one side of the mean of the beta distribution only.
  if (x < (a + 1) / (a + 2.5)) return (front * evaluateBetaFraction(x, a, 0.5)) / a;
  return 1 - (front * evaluateBetaFraction(y, 0.5, a)) / 0.5;
}

/**
 * Continued fraction of I_x(a, b) without its front factor (A&S 26.5.8), by Lentz's method. In the range above all
 * denominators stay positive and at most about 80 terms are needed.
 */
function evaluateBetaFraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  let factor = 0;
  for (let m = 1; Math.abs(factor - 1) > 1e-15; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    factor = d * c;
    value *= factor;
  }
  return value;
}

/**
 * Gamma(a + 1/2) / Gamma(a). Log-gammas would cancel for large a; instead the recurrence
 * ratio(a) = ratio(a + 1) a / (a + 1/2) leads up to a >= 40, where the asymptotic series is exact to rounding.
 */
function computeGammaRatio(a: number): number {
  let factor = 1;
  let shifted = a;
  for (; shifted < 40; shifted++) factor *= shifted / (shifted + 0.5);
  const u = 1 / shifted;
  const series =
    1 + u * (-1 / 8 + u * (1 / 128 + u * (5 / 1024 + u * (-21 / 32768 + u * (-399 / 262144 + (u * 869) / 4194304)))));
  return factor * Math.sqrt(shifted) * series;
}
