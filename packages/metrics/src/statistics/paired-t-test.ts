import { type Alternative, assertAlternative, pairedDifferences } from './paired-differences.ts';
import { mean, standardDeviation } from './sample-moments.ts';
import { studentTTwoSidedP, studentTUpperTail } from './student-t.ts';

export interface PairedTTest {
  /** Mean of a - b. */
  readonly meanDifference: number;
  /** Mean difference by its standard error. */
  readonly statistic: number;
  /** Pairs - 1. */
  readonly degreesOfFreedom: number;
  readonly pValue: number;
}

export interface PairedTTestOptions {
  /** Default `two-sided`. */
  readonly alternative?: Alternative;
}

/**
 * Student's t test on the differences a[i] - b[i] of two systems on the same users:
 *
 *   t = mean(d) / (s(d) / sqrt(n)),   n - 1 degrees of freedom
 *
 * Values that are equal but for rounding have a difference of 0 (see `pairedDifferences`). Differences that are all equal
 * have no spread: all 0 gives statistic 0 and p 1 (nothing speaks against equality), else the statistic is infinite.
 * Throws `InvalidArgumentError` for differing lengths, fewer than two pairs, or a value that is not finite or beyond 1e300
 * in size.
 *
 * Source: Student, "The probable error of a mean", Biometrika 6(1), 1908.
 */
export function pairedTTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { alternative = 'two-sided' }: PairedTTestOptions = {},
): PairedTTest {
  assertAlternative(alternative);
  const differences = pairedDifferences(a, b);
  const degreesOfFreedom = differences.length - 1;
  const meanDifference = mean(differences);
  const standardError = standardDeviation(differences) / Math.sqrt(differences.length);
  if (meanDifference === 0 && standardError === 0) {
    return { meanDifference: 0, statistic: 0, degreesOfFreedom, pValue: 1 };
  }
  const statistic = meanDifference / standardError;
  const tail = alternative === 'greater' ? studentTUpperTail : studentTTwoSidedP;
  return { meanDifference, statistic, degreesOfFreedom, pValue: tail(statistic, degreesOfFreedom) };
}
