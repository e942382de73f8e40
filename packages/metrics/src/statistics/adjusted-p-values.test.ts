import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import golden from '../../golden/inference.json';
import { adjustByBenjaminiHochberg, adjustByHolm } from './index.ts';

function expectAllClose(actual: Float64Array, expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((value, index) => {
    expect(value).toBeCloseTo(expected[index]!, 13);
  });
}

describe('adjustByHolm and adjustByBenjaminiHochberg', () => {
  test.each(golden.adjusted)('equal both sources on $pValues', ({ pValues, expected }) => {
    for (const { holm, benjaminiHochberg } of expected) {
      expectAllClose(adjustByHolm(pValues), holm);
      expectAllClose(adjustByBenjaminiHochberg(pValues), benjaminiHochberg);
    }
  });

  test('worked by hand: .01, .04, .03, .005', () => {
    // Holm: .005 * 4, .01 * 3, .03 * 2, .04 * 1 raised to .06. BH: .005 * 4, .01 * 4 / 2, .03 * 4 / 3, .04.
    expectAllClose(adjustByHolm([0.01, 0.04, 0.03, 0.005]), [0.03, 0.06, 0.06, 0.02]);
    expectAllClose(adjustByBenjaminiHochberg([0.01, 0.04, 0.03, 0.005]), [0.02, 0.04, 0.04, 0.02]);
  });

  test('keep the order of p-values, never shrink them, and Holm is at least Benjamini-Hochberg', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }), (pValues) => {
        const holm = adjustByHolm(pValues);
        const falseDiscovery = adjustByBenjaminiHochberg(pValues);
        pValues.forEach((p, index) => {
          expect(falseDiscovery[index]).toBeGreaterThanOrEqual(p * (1 - 1e-15));
          expect(holm[index]).toBeGreaterThanOrEqual(falseDiscovery[index]! * (1 - 1e-15));
          expect(holm[index]).toBeLessThanOrEqual(1);
          pValues.forEach((other, at) => {
            if (p <= other) expect(holm[index]).toBeLessThanOrEqual(holm[at]!);
            if (p <= other) expect(falseDiscovery[index]).toBeLessThanOrEqual(falseDiscovery[at]!);
          });
        });
      }),
    );
  });

  test('reject what is no p-value', () => {
    for (const adjust of [adjustByHolm, adjustByBenjaminiHochberg]) {
      expect(() => adjust([])).toThrow(/Expected pValues.length to be at least 1/);
      expect(() => adjust([0.5, 1.1])).toThrow(/Expected pValues\[1\] to be from 0 to 1, received 1.1/);
      expect(() => adjust([Number.NaN])).toThrow(/Expected pValues\[0\]/);
    }
  });
});
