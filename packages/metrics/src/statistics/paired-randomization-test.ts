import { InvalidArgumentError, type RandomStream } from '@rppkit/spec';
import { assertRandomOptions } from './assert-random-stream.ts';
import { type Alternative, assertAlternative, pairedDifferences } from './paired-differences.ts';
import { mean } from './sample-moments.ts';

export interface PairedRandomizationTest {
  /** Mean of a - b. */
  readonly meanDifference: number;
  readonly pValue: number;
  readonly permutations: number;
}

export interface PairedRandomizationTestOptions {
  readonly random: RandomStream;
  /** Random sign patterns, a positive integer, default 10,000; the smallest possible p is 1 / (permutations + 1). */
  readonly permutations?: number;
  /** Default `two-sided`. */
  readonly alternative?: Alternative;
}

/**
 * Fisher's randomisation test: if two systems are exchangeable, each difference a[i] - b[i] could as well have the other
 * sign. Draws sign patterns and counts those whose mean difference is at least as extreme as the observed one:
 *
 *   p = (count + 1) / (permutations + 1)
 *
 * Values that are equal but for rounding have a difference of 0 (see `pairedDifferences`).
 * Throws `InvalidArgumentError` for differing lengths, fewer than two pairs, a value that is not finite or beyond 1e300 in
 * size, or wrong options.
 *
 * Sources: Fisher, "The Design of Experiments", 1935; the added ones: Phipson and Smyth, "Permutation p-values should
 * never be zero", Statistical Applications in Genetics and Molecular Biology 9(1), 2010.
 */
export function pairedRandomizationTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  options: PairedRandomizationTestOptions,
): PairedRandomizationTest {
  const { random, permutations = 10_000, alternative = 'two-sided' } = assertRandomOptions(options);
  assertAlternative(alternative);
  if (!Number.isInteger(permutations) || permutations < 1) {
    throw new InvalidArgumentError('permutations', 'a positive integer', permutations);
  }
  const differences = pairedDifferences(a, b);
  const signedSums = computeSignedSums(differences);
  let observed = 0;
  for (let block = 0; block < signedSums.length; block += patterns) observed += signedSums[block + patterns - 1]!;
  // Sums of equal size may differ by rounding; the slack counts them as equal.
  const slack = 1e-12 * differences.reduce((sum, difference) => sum + Math.abs(difference), 0);
  const threshold = (alternative === 'greater' ? observed : Math.abs(observed)) - slack;
  let count = 0;
  for (let permutation = 0; permutation < permutations; permutation++) {
    let sum = 0;
    let bits = 0;
    for (let block = 0; block < signedSums.length; block += patterns) {
      bits = block % (8 * patterns) === 0 ? random.bits() : bits >>> blockSize;
      sum += signedSums[block + (bits & (patterns - 1))]!;
    }
    if ((alternative === 'greater' ? sum : Math.abs(sum)) >= threshold) count++;
  }
  return { meanDifference: mean(differences), pValue: (count + 1) / (permutations + 1), permutations };
}

/** Users that share one look-up, and their sign patterns; a word of 32 random bits serves eight blocks. */
const blockSize = 4;
const patterns = 2 ** blockSize;

/**
 * For each block of four differences the sums under all 16 sign patterns, `Float64Array [blocks, 16]`; a set bit keeps
 * the sign. Four users then cost one addition.
 */
function computeSignedSums(differences: Float64Array): Float64Array {
  const sums = new Float64Array(Math.ceil(differences.length / blockSize) * patterns);
  for (let first = 0; first < differences.length; first += blockSize) {
    const block = differences.subarray(first, first + blockSize);
    for (let pattern = 0; pattern < patterns; pattern++) {
      let sum = 0;
      for (let bit = 0; bit < block.length; bit++) sum += (pattern >>> bit) & 1 ? block[bit]! : -block[bit]!;
      sums[(first / blockSize) * patterns + pattern] = sum;
    }
  }
  return sums;
}
