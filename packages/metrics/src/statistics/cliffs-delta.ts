import { probabilityOfImprovement } from './probability-of-improvement.ts';

/**
 * Cliff's delta: P(a_i > b_j) - P(a_i < b_j) over all pairs of values, in [-1, 1]; 2 P - 1 with P the
 * `probabilityOfImprovement`. The samples are not paired and may differ in length. Throws as that function.
 *
 * Source: Cliff, "Dominance statistics: ordinal analyses to answer ordinal questions", Psychological Bulletin 114(3), 1993.
 */
export function cliffsDelta(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return 2 * probabilityOfImprovement(a, b) - 1;
}
