import { createRandomStream, InvalidArgumentError } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import golden from '../../golden/inference.json';
import { type Alternative, wilcoxonSignedRankTest, type ZeroRule } from './index.ts';

describe('wilcoxonSignedRankTest', () => {
  test.each(
    golden.wilcoxon.flatMap((expected) => [
      ['wilcoxon', expected.name, expected] as const,
      ['pratt', expected.name, expected] as const,
    ]),
  )('zero rule %s, %s: equals both sources', (zeroRule, _name, { a, b, zeros, expected }) => {
    const result = wilcoxonSignedRankTest(a, b, { zeroRule });
    const greater = wilcoxonSignedRankTest(a, b, { zeroRule, alternative: 'greater' });
    expect(result.zeros).toBe(zeros);
    for (const source of expected[zeroRule]) {
      expect(result.method).toBe(source.method);
      expect(result.positiveRankSum).toBe(source.positiveRankSum);
      expect(Math.min(result.positiveRankSum, result.negativeRankSum)).toBe(source.smallerRankSum);
      expect(result.pValue).toBeCloseTo(source.twoSided, 12);
      expect(greater.pValue).toBeCloseTo(source.greater, 12);
    }
  });

  test('worked by hand: differences 1, 2, 3, -4 without ties', () => {
    // W+ = 6 of 10. Of the 16 sign patterns W+ >= 6 holds for {4,3,2,1} subsets with sum >= 6: 6 (1+2+3, 2+4), 7 (3+4, 1+2+4),
    // 8 (1+3+4), 9 (2+3+4), 10 (all): 7 in all; W+ <= 6 for the other 9 and the two with sum 6.
    expect(wilcoxonSignedRankTest([1, 2, 3, 0], [0, 0, 0, 4])).toEqual({
      positiveRankSum: 6,
      negativeRankSum: 4,
      zeros: 0,
      method: 'exact',
      pValue: 14 / 16,
    });
    expect(wilcoxonSignedRankTest([1, 2, 3, 0], [0, 0, 0, 4], { alternative: 'greater' }).pValue).toBe(7 / 16);
  });

  test('worked by hand: the two zero rules on differences 0, 0, 1, -2, 3', () => {
    const [a, b] = [
      [0, 0, 1, 0, 3],
      [0, 0, 0, 2, 0],
    ];
    // Ranks 1, 2, 3 without the zeros; 3, 4, 5 with them.
    const dropped = wilcoxonSignedRankTest(a, b, { zeroRule: 'wilcoxon', alternative: 'greater' });
    expect(dropped).toMatchObject({ positiveRankSum: 4, negativeRankSum: 2, zeros: 2, method: 'normal' });
    // z = (4 - 3 - 1/2) / sqrt(3 * 4 * 7 / 24) = .267261; P(Z > z) = .394634
    expect(dropped.pValue).toBeCloseTo(0.394634, 6);
    const pratt = wilcoxonSignedRankTest(a, b, { zeroRule: 'pratt', alternative: 'greater' });
    expect(pratt).toMatchObject({ positiveRankSum: 8, negativeRankSum: 4, zeros: 2, method: 'normal' });
    // z = (8 - 6 - 1/2) / sqrt((5 * 6 * 11 - 2 * 3 * 5) / 24) = .424264; P(Z > z) = .335687
    expect(pratt.pValue).toBeCloseTo(0.335687, 6);
  });

  test('rounding makes neither ranks nor differences', () => {
    // .3 - .2 and .1 - 0 differ in the last bit; so do .1 + .2 and .3.
    const result = wilcoxonSignedRankTest([0.3, 0, 0.1 + 0.2], [0.2, 0.1, 0.3]);
    expect(result).toMatchObject({ positiveRankSum: 1.5, negativeRankSum: 1.5, zeros: 1, pValue: 1 });
    const equal = wilcoxonSignedRankTest(new Float64Array(50).fill(0.1 + 0.2), new Float64Array(50).fill(0.3));
    expect(equal).toMatchObject({ zeros: 50, pValue: 1 });
    // A user with large values does not turn the small differences of others into zeros.
    expect(wilcoxonSignedRankTest([1e14, 2, 3], [1e14, 1, 1]).zeros).toBe(1);
  });

  test('without any difference nothing speaks against equality', () => {
    const expected = { positiveRankSum: 0, negativeRankSum: 0, zeros: 2, method: 'exact', pValue: 1 };
    for (const zeroRule of ['wilcoxon', 'pratt'] as const) {
      for (const alternative of ['two-sided', 'greater'] as const) {
        expect(wilcoxonSignedRankTest([1, 2], [1, 2], { zeroRule, alternative })).toEqual(expected);
      }
    }
  });

  test('a common shift or factor, or another order of users, changes nothing; swapping turns the ranks', () => {
    const value = fc.integer({ min: 0, max: 8 });
    const pairs = fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 70 });
    fc.assert(
      fc.property(pairs, fc.constantFrom<ZeroRule>('wilcoxon', 'pratt'), fc.integer(), (rows, zeroRule, seed) => {
        const run = (list: typeof rows, move = (x: number): number => x) =>
          wilcoxonSignedRankTest(
            list.map(([first]) => move(first)),
            list.map(([, second]) => move(second)),
            { zeroRule },
          );
        const result = run(rows);
        expect(result.pValue).toBeGreaterThan(0);
        expect(result.pValue).toBeLessThanOrEqual(1);
        expect(run(rows, (x) => x / 7 + 0.1)).toEqual(result);
        const random = createRandomStream(seed);
        const shuffled = rows.map((row) => ({ row, key: random.bits() })).sort((x, y) => x.key - y.key);
        expect(run(shuffled.map(({ row }) => row))).toEqual(result);
        const swapped = run(rows.map(([first, second]) => [second, first]));
        expect(swapped.positiveRankSum).toBe(result.negativeRankSum);
        expect(swapped.pValue).toBeCloseTo(result.pValue, 13);
      }),
    );
  });

  test('rejects wrong input', () => {
    expect(() => wilcoxonSignedRankTest([1, 2], [1])).toThrow(/Expected b.length/);
    expect(() => wilcoxonSignedRankTest([1, 2], [1, Number.NaN])).toThrow(/Expected b\[1\] to be a finite number/);
    expect(() => wilcoxonSignedRankTest([1, 2], [1, 3], { alternative: 'less' as Alternative })).toThrow(
      InvalidArgumentError,
    );
    expect(() => wilcoxonSignedRankTest([1, 2], [1, 3], { zeroRule: 'zsplit' as ZeroRule })).toThrow(
      /Expected zeroRule to be 'wilcoxon' or 'pratt', received "zsplit"/,
    );
  });
});
