import { createRandomStream } from '@rppkit/spec';
import { describe, expect, test } from 'vitest';
import golden from '../../golden/inference.json';
import { type Alternative, exactRandomizationTest, pairedRandomizationTest } from './index.ts';

const zeros = (values: ArrayLike<number>): Float64Array => new Float64Array(values.length);

describe('exactRandomizationTest', () => {
  test.each(golden.randomization)('equals both sources over all signs: $differences', ({ differences, expected }) => {
    const result = exactRandomizationTest(differences, zeros(differences));
    expect(result.permutations).toBe(2 ** differences.length);
    const greater = exactRandomizationTest(differences, zeros(differences), { alternative: 'greater' });
    for (const source of expected) {
      expect(result.pValue).toBe(source.twoSided);
      expect(greater.pValue).toBe(source.greater);
    }
  });

  test('worked by hand: differences 1, 2, -3, 4', () => {
    // The sum is 4. Sums of all patterns: +-10, +-8, +-6, +-4 twice (1, 2, -3, 4 and -1, -2, 3, 4), +-2 twice, 0 twice.
    const result = exactRandomizationTest([1, 2, 0, 4], [0, 0, 3, 0]);
    expect(result).toEqual({ meanDifference: 1, pValue: 10 / 16, permutations: 16 });
    expect(exactRandomizationTest([1, 2, 0, 4], [0, 0, 3, 0], { alternative: 'greater' }).pValue).toBe(5 / 16);
  });

  test('the sampled test lies within 4 Monte-Carlo standard errors', () => {
    const permutations = 20_000;
    for (const { differences, expected: sources } of golden.randomization) {
      for (const alternative of ['two-sided', 'greater'] as const) {
        const expected = alternative === 'greater' ? sources[0]!.greater : sources[0]!.twoSided;
        const options = { random: createRandomStream('sampled'), permutations, alternative };
        const { pValue } = pairedRandomizationTest(differences, zeros(differences), options);
        const error = Math.sqrt((expected * (1 - expected)) / permutations);
        expect(Math.abs(pValue - expected)).toBeLessThan(4 * error + 1 / permutations);
      }
    }
  });

  test('takes values that are equal but for rounding for equal', () => {
    expect(exactRandomizationTest(new Float64Array(20).fill(0.1 + 0.2), new Float64Array(20).fill(0.3)).pValue).toBe(1);
  });

  test('counts sums that are equal but for rounding', () => {
    expect(exactRandomizationTest([0, 0, 0, 0.2], [0.1, 0.1, 0.1, 0]).pValue).toBe(1);
  });

  test('rejects more than 20 pairs and wrong options', () => {
    expect(exactRandomizationTest(new Float64Array(20).fill(1), new Float64Array(20)).pValue).toBe(2 ** -19);
    expect(() => exactRandomizationTest(new Float64Array(21), new Float64Array(21))).toThrow(
      /Expected a.length to be at most 20, received 21. Use pairedRandomizationTest/,
    );
    expect(() => exactRandomizationTest([1, 2], [1, 2], { alternative: 'less' as Alternative })).toThrow(/alternative/);
    expect(() => exactRandomizationTest([1, 2], [1])).toThrow(/Expected b.length/);
  });
});
