import { InvalidArgumentError } from '@rppkit/spec';
import { type Alternative, assertAlternative, pairedDifferences } from './paired-differences.ts';
import type { PairedRandomizationTest } from './paired-randomization-test.ts';
import { mean } from './sample-moments.ts';

export interface ExactRandomizationTestOptions {
  /** Default `two-sided`. */
  readonly alternative?: Alternative;
}

const mostPairs = 20;

/**
 * Fisher's randomisation test over all 2^n sign patterns of the differences a[i] - b[i], for 2 to 20 pairs: the share of
 * patterns whose mean difference is at least as extreme as the observed one, which is among them.
 * Values that are equal but for rounding have a difference of 0 (see `pairedDifferences`).
 * Throws `InvalidArgumentError` for differing lengths, fewer or more pairs, or a value that is not finite or beyond 1e300 in
 * size.
 *
 * Source: Fisher, "The Design of Experiments", 1935. For more pairs see `pairedRandomizationTest`.
 */
export function exactRandomizationTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  { alternative = 'two-sided' }: ExactRandomizationTestOptions = {},
): PairedRandomizationTest {
  assertAlternative(alternative);
  const differences = pairedDifferences(a, b);
  if (differences.length > mostPairs) {
    const advice = 'Use pairedRandomizationTest, which samples sign patterns.';
    throw new InvalidArgumentError('a.length', `at most ${mostPairs}`, differences.length, advice);
  }
  const sums = enumerateSignedSums(differences);
  const observed = sums[sums.length - 1]!;
  // Sums of equal size may differ by rounding; the slack counts them as equal.
  const slack = 1e-12 * differences.reduce((sum, difference) => sum + Math.abs(difference), 0);
  const threshold = (alternative === 'greater' ? observed : Math.abs(observed)) - slack;
  let count = 0;
  for (const sum of sums) if ((alternative === 'greater' ? sum : Math.abs(sum)) >= threshold) count++;
  return { meanDifference: mean(differences), pValue: count / sums.length, permutations: sums.length };
}

/** `Float64Array [2^n]`: the sum in which bit i of the index keeps the sign of difference i; the last one is as observed. */
function enumerateSignedSums(differences: Float64Array): Float64Array {
  const sums = new Float64Array(2 ** differences.length);
  sums[0] = -differences.reduce((sum, difference) => sum + difference, 0);
  differences.forEach((difference, bit) => {
    const known = 1 << bit;
    for (let pattern = 0; pattern < known; pattern++) sums[known + pattern] = sums[pattern]! + 2 * difference;
  });
  return sums;
}
