import { rankByScores } from '../rank-by-scores.ts';
import { computeGroupValues, computeMeanRank } from './candidate-places.ts';
import { assertCorrelatable } from './paired-values.ts';

/**
 * Spearman's rank correlation of two vectors, paired by index (scores, or ranks from `averageRanks`): the Pearson
 * correlation of their ranks, in [-1, 1].
 *
 *   rho = sum of (r_i - r̄)(s_i - r̄) / sqrt(sum of (r_i - r̄)^2 * sum of (s_i - r̄)^2),   r̄ = (n + 1) / 2
 *
 * Equal values share the mean of their ranks. Both vectors must rise in the same direction. Infinite values are allowed.
 * Throws `InvalidArgumentError` for differing lengths, NaN, or a vector without two values that differ (rho undefined).
 *
 * Source: Spearman, "The proof and measurement of association between two things", American Journal of Psychology
 * 15(1), 1904.
 */
export function spearmanCorrelation(first: ArrayLike<number>, second: ArrayLike<number>): number {
  assertCorrelatable(first, second);
  const meanRank = (first.length + 1) / 2;
  const a = computeGroupValues(rankByScores(first), first.length, computeMeanRank);
  const b = computeGroupValues(rankByScores(second), second.length, computeMeanRank);
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let index = 0; index < a.length; index++) {
    product += (a[index]! - meanRank) * (b[index]! - meanRank);
    squaresA += (a[index]! - meanRank) ** 2;
    squaresB += (b[index]! - meanRank) ** 2;
  }
  // Rounding alone can push the value beyond 1.
  return Math.min(1, Math.max(-1, product / Math.sqrt(squaresA * squaresB)));
}
