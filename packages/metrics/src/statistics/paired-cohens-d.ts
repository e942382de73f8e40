import { pairedDifferences } from './paired-differences.ts';
import { mean, standardDeviation } from './sample-moments.ts';

/**
 * Cohen's d of paired values in the form d_z: the mean of the differences a[i] - b[i] by *their* standard deviation
 * (divisor n - 1), so d_z = t / sqrt(n). It is the effect size of the paired t test and of its power; the forms d_s and
 * d_av, which divide by the deviation of the values themselves, are smaller where the systems agree on users.
 *
 * Values that are equal but for rounding have a difference of 0 (see `pairedDifferences`). Differences that are all equal
 * have no spread: all 0 gives 0, else the effect is infinite. Throws `InvalidArgumentError` for differing lengths, fewer
 * than two pairs, or a value that is not finite or beyond 1e300 in size.
 *
 * Sources: Cohen, "Statistical Power Analysis for the Behavioral Sciences", 1988, section 2.3.5; the names: Lakens,
 * "Calculating and reporting effect sizes", Frontiers in Psychology 4, 2013.
 */
export function pairedCohensD(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const differences = pairedDifferences(a, b);
  const centre = mean(differences);
  return centre === 0 ? 0 : centre / standardDeviation(differences);
}
