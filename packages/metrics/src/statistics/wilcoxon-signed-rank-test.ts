import { InvalidArgumentError } from '@rppkit/spec';
import { normalCdf } from './normal.ts';
import { type Alternative, assertAlternative, pairedDifferences } from './paired-differences.ts';

/**
 * What differences of 0 do. `wilcoxon`: they are left out before ranking. `pratt`: they take the lowest ranks, which are
 * then left out, so that many of them weaken small differences.
 */
export type ZeroRule = 'wilcoxon' | 'pratt';

export interface WilcoxonSignedRankTest {
  /** Sum of the ranks of the differences a - b above 0. */
  readonly positiveRankSum: number;
  /** Sum of the ranks of those below 0. */
  readonly negativeRankSum: number;
  /** Number of differences of 0. */
  readonly zeros: number;
  /** How the p-value was computed. */
  readonly method: 'exact' | 'normal';
  readonly pValue: number;
}

export interface WilcoxonSignedRankTestOptions {
  /** Default `two-sided`; `greater`: a is greater than b. */
  readonly alternative?: Alternative;
  /** Default `wilcoxon`. */
  readonly zeroRule?: ZeroRule;
}

const mostExactPairs = 50;

/**
 * Wilcoxon's signed-rank test on the differences a[i] - b[i] of two systems on the same users. Equal sizes share their
 * mean rank. The p-value is exact for at most 50 differences without zeros and equal sizes, else from the normal
 * approximation with tie correction and continuity correction 1/2, as `scipy.stats.wilcoxon(correction=True)`:
 *
 *   z = (W - mean -+ 1/2) / sqrt(variance),   W the positive rank sum
 *   mean     = (n (n + 1) - n0 (n0 + 1)) / 4
 *   variance = (n (n + 1) (2n + 1) - n0 (n0 + 1) (2 n0 + 1)) / 24 - sum (t^3 - t) / 48
 *
 * with n ranked differences, n0 zeros among them (0 under `wilcoxon`) and t the lengths of ties. Rounding makes no ranks:
 * values that are equal but for rounding have a difference of 0 (see `pairedDifferences`), and sizes that differ by at
 * most 1e-12 of the largest value tie. Without any difference p is 1. The test may point the other way than the mean
 * difference: what it finds greater is the side of the larger rank sum.
 * Throws `InvalidArgumentError` for differing lengths, fewer than two pairs, or a value that is not finite or beyond 1e300
 * in size.
 *
 * Sources: Wilcoxon, "Individual comparisons by ranking methods", Biometrics Bulletin 1(6), 1945; Pratt, "Remarks on zeros
 * and ties in the Wilcoxon signed rank procedures", Journal of the American Statistical Association 54, 1959.
 */
export function wilcoxonSignedRankTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { alternative = 'two-sided', zeroRule = 'wilcoxon' }: WilcoxonSignedRankTestOptions = {},
): WilcoxonSignedRankTest {
  assertAlternative(alternative);
  if (zeroRule !== 'wilcoxon' && zeroRule !== 'pratt') {
    throw new InvalidArgumentError('zeroRule', "'wilcoxon' or 'pratt'", zeroRule);
  }
  const differences = pairedDifferences(a, b);
  const { positiveRankSum, negativeRankSum, zeros, tieTerm } = rankDifferences(
    differences,
    1e-12 * computeScale(a, b),
    zeroRule,
  );
  const result = { positiveRankSum, negativeRankSum, zeros };
  if (zeros === differences.length) return { ...result, method: 'exact', pValue: 1 };
  if (zeros === 0 && tieTerm === 0 && differences.length <= mostExactPairs) {
    const greater = computeExactUpperTail(positiveRankSum, differences.length);
    const less = computeExactUpperTail(negativeRankSum, differences.length);
    const pValue = alternative === 'greater' ? greater : Math.min(1, 2 * Math.min(greater, less));
    return { ...result, method: 'exact', pValue };
  }
  const ranked = zeroRule === 'pratt' ? differences.length : differences.length - zeros;
  const skipped = zeroRule === 'pratt' ? zeros : 0;
  const variance = (computeSquareTerm(ranked) - computeSquareTerm(skipped)) / 24 - tieTerm / 48;
  const distance = positiveRankSum - (ranked * (ranked + 1) - skipped * (skipped + 1)) / 4;
  const continuity = alternative === 'greater' ? 0.5 : 0.5 * Math.sign(distance);
  const z = (distance - continuity) / Math.sqrt(variance);
  const pValue = alternative === 'greater' ? normalCdf(-z) : 2 * normalCdf(-Math.abs(z));
  return { ...result, method: 'normal', pValue };
}

function computeSquareTerm(n: number): number {
  return n * (n + 1) * (2 * n + 1);
}

function computeScale(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let scale = 0;
  for (let index = 0; index < a.length; index++) scale = Math.max(scale, Math.abs(a[index]!), Math.abs(b[index]!));
  return scale;
}

/** `tieTerm` is the sum of t^3 - t over groups of t equal sizes above 0. */
function rankDifferences(
  differences: Float64Array,
  slack: number,
  zeroRule: ZeroRule,
): Pick<WilcoxonSignedRankTest, 'positiveRankSum' | 'negativeRankSum' | 'zeros'> & { readonly tieTerm: number } {
  const order = differences.toSorted((left, right) => Math.abs(left) - Math.abs(right));
  let zeros = 0;
  while (zeros < order.length && order[zeros] === 0) zeros++;
  const unranked = zeroRule === 'pratt' ? 0 : zeros;
  let positiveRankSum = 0;
  let negativeRankSum = 0;
  let tieTerm = 0;
  for (let start = zeros, end = zeros; start < order.length; start = end) {
    while (end < order.length && Math.abs(order[end]!) - Math.abs(order[start]!) <= slack) end++;
    const length = end - start;
    const rank = (start + 1 + end) / 2 - unranked;
    for (const difference of order.subarray(start, end)) {
      if (difference > 0) positiveRankSum += rank;
      else negativeRankSum += rank;
    }
    tieTerm += length ** 3 - length;
  }
  return { positiveRankSum, negativeRankSum, zeros, tieTerm };
}

/** P(W >= rankSum) over all 2^n signs of the ranks 1 … n; the counts stay below 2^53, so they are exact. */
function computeExactUpperTail(rankSum: number, n: number): number {
  const most = (n * (n + 1)) / 2;
  const counts = new Float64Array(most + 1);
  counts[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = most; sum >= rank; sum--) counts[sum]! += counts[sum - rank]!;
  }
  let atLeast = 0;
  for (let sum = rankSum; sum <= most; sum++) atLeast += counts[sum]!;
  return atLeast / 2 ** n;
}
