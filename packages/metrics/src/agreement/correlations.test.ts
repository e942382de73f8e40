import { InvalidArgumentError } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { kendallTauB, spearmanCorrelation } from './index.ts';

/** An `InvalidArgumentError` with this message. */
const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) });

describe('worked by hand', () => {
  test('tau-b: 5 of 6 pairs agree; with ties', () => {
    expect(kendallTauB([1, 2, 3, 4], [1, 3, 2, 4])).toBeCloseTo(4 / 6, 15);
    // Pairs 6; tied in the first: 1, in the second: 1; concordant 4 and discordant 0 of the others.
    expect(kendallTauB([1, 1, 2, 3], [1, 2, 3, 3])).toBeCloseTo(4 / 5, 15);
    // n0 3, n1 1, n2 0: concordant 1, discordant 1.
    expect(kendallTauB([1, 1, 2], [1, 3, 2])).toBe(0);
  });

  test('Spearman: 1 - 6 * 2 / (4 * 15), and mean ranks 1.5, 1.5, 3, 4', () => {
    expect(spearmanCorrelation([1, 2, 3, 4], [10, 30, 20, 40])).toBeCloseTo(0.8, 15);
    // Deviations (-1, -1, .5, 1.5) and (-1.5, -.5, .5, 1.5): 4.5 / sqrt(4.5 * 5).
    expect(spearmanCorrelation([7, 7, 8, 9], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(22.5), 15);
  });

  test('infinite values have a rank', () => {
    const values = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY];
    expect(kendallTauB(values, values)).toBe(1);
    expect(spearmanCorrelation(values, values)).toBe(1);
  });
});

const pairs = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), { minLength: 2, maxLength: 40 })
  .filter((list) => list.some(([a]) => a !== list[0]![0]) && list.some(([, b]) => b !== list[0]![1]))
  .map((list) => ({ first: list.map(([a]) => a), second: list.map(([, b]) => b) }));

describe.each([
  ['kendallTauB', kendallTauB],
  ['spearmanCorrelation', spearmanCorrelation],
])('%s', (_, correlate) => {
  test('is symmetric, odd, and sees only ranks', () => {
    fc.assert(
      fc.property(pairs, ({ first, second }) => {
        const value = correlate(first, second);
        expect(correlate(second, first)).toBeCloseTo(value, 12);
        expect(correlate(first.toReversed(), second.toReversed())).toBeCloseTo(value, 12);
        expect(
          correlate(
            first.map((x) => -x),
            second,
          ),
        ).toBeCloseTo(-value, 12);
        expect(
          correlate(
            first.map((x) => Math.exp(x)),
            second,
          ),
        ).toBe(value);
        expect(correlate(first, first)).toBe(1);
        expect(
          correlate(
            first,
            first.map((x) => -x),
          ),
        ).toBe(-1);
      }),
    );
  });

  test('rejects differing lengths, NaN, too few values and constants', () => {
    expect(() => correlate([1, 2], [1, 2, 3])).toThrow(invalid(/Expected second to be of length 2, as first/));
    expect(() => correlate([1, Number.NaN], [1, 2])).toThrow(invalid(/first\[1\] to be a number, received NaN/));
    expect(() => correlate([1, 2], [Number.NaN, 1])).toThrow(invalid(/second\[0\]/));
    for (const values of [new Set([1, 2]), undefined, '12']) {
      expect(() => correlate(values as never, [1, 2])).toThrow(invalid(/Expected first to be an array/));
    }
    expect(() => correlate([1, 2], ['1', '2'] as never)).toThrow(invalid(/second\[0\] to be a number/));
    expect(() => correlate([], [])).toThrow(InvalidArgumentError);
    expect(() => correlate([1], [1])).toThrow(invalid(/at least two values that differ/));
    expect(() => correlate([1, 2], [3, 3])).toThrow(invalid(/Expected second to be at least two values that differ/));
  });
});

test("Knight's count equals the count of all pairs", () => {
  fc.assert(
    fc.property(pairs, ({ first, second }) => {
      let lead = 0;
      let freeFirst = 0;
      let freeSecond = 0;
      for (let a = 0; a < first.length; a++) {
        for (let b = 0; b < a; b++) {
          lead += Math.sign(first[a]! - first[b]!) * Math.sign(second[a]! - second[b]!);
          freeFirst += first[a] === first[b] ? 0 : 1;
          freeSecond += second[a] === second[b] ? 0 : 1;
        }
      }
      expect(kendallTauB(first, second)).toBeCloseTo(lead / Math.sqrt(freeFirst * freeSecond), 12);
    }),
  );
});
