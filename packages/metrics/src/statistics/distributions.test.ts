import { describe, expect, test } from 'vitest';
import golden from '../../golden/inference.json';
import {
  normalCdf,
  normalQuantile,
  studentTCdf,
  studentTQuantile,
  studentTTwoSidedP,
  studentTUpperTail,
} from './index.ts';

function expectClose(actual: number, expected: number, relative: number): void {
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(
    relative * Math.abs(expected),
  );
}

describe('Student t', () => {
  test.each(golden.studentT)(
    't = $t with $degreesOfFreedom degrees equals both sources',
    ({ t, degreesOfFreedom, expected }) => {
      for (const { cdf, upperTail } of expected) {
        expectClose(studentTCdf(t, degreesOfFreedom), cdf, 1e-10);
        expectClose(studentTUpperTail(t, degreesOfFreedom), upperTail, 1e-10);
        expectClose(studentTTwoSidedP(t, degreesOfFreedom), 2 * Math.min(cdf, upperTail), 1e-10);
      }
    },
  );

  test('has closed forms for one and two degrees', () => {
    expect(studentTCdf(1, 1)).toBeCloseTo(0.75, 14); // Cauchy: 1/2 + atan(t) / pi
    expect(studentTCdf(2, 2)).toBeCloseTo(0.5 + 2 / (2 * Math.sqrt(2 + 4)), 14);
  });

  test('takes infinite and very large t', () => {
    expect(studentTTwoSidedP(Number.POSITIVE_INFINITY, 3)).toBe(0);
    expect(studentTCdf(Number.NEGATIVE_INFINITY, 3)).toBe(0);
    expect(studentTCdf(Number.POSITIVE_INFINITY, 3)).toBe(1);
    expect(studentTUpperTail(1e200, 3)).toBe(0);
    expect(studentTTwoSidedP(0, 3)).toBe(1);
    expect(studentTTwoSidedP(1e-170, 3)).toBe(1);
    // Cauchy tail 1 / (pi t); with two degrees 1 / (2 t^2).
    for (const t of [1e9, 3e10, 1e155, 1e300]) expectClose(studentTTwoSidedP(t, 1), 2 / Math.PI / t, 1e-12);
    for (const t of [1e9, 3e10, 1e140]) expectClose(studentTUpperTail(t, 2), 1 / (2 * t) / t, 1e-12);
  });

  test('the two forms meet at 1e6 degrees', () => {
    for (const t of [0.01, 1, 3, 10, 30]) {
      expectClose(studentTUpperTail(t, 1e6 + 1e-6), studentTUpperTail(t, 1e6), 1e-10);
    }
    expectClose(studentTUpperTail(2, 1e15), normalCdf(-2), 1e-12);
  });

  test.each(golden.studentTQuantile)(
    'quantile of $probability with $degreesOfFreedom degrees equals both sources',
    ({ probability, degreesOfFreedom, expected }) => {
      for (const t of expected) expectClose(studentTQuantile(probability, degreesOfFreedom), t, 1e-10);
    },
  );

  test('quantile: closed forms, ends and range', () => {
    expectClose(studentTQuantile(0.75, 1), 1, 1e-12); // Cauchy: tan(pi / 4)
    expectClose(studentTQuantile(0.9, 2), 0.8 * Math.sqrt(2 / (1 - 0.64)), 1e-12); // c sqrt(2 / (1 - c^2)), c = 2p - 1
    expectClose(studentTQuantile(1e-300, 1), -1e300 / Math.PI, 1e-12); // -1 / (pi p)
    expectClose(studentTQuantile(1e-290, 2), -1e145 / Math.sqrt(2), 1e-12); // -1 / sqrt(2 p)
    expect(studentTQuantile(1e-320, 1)).toBe(Number.NEGATIVE_INFINITY);
    // Near 1/2: t = (p - 1/2) / density at 0, which is 1 / pi for one degree.
    for (const shift of [1e-3, 1e-8, 1e-12]) {
      const p = 0.5 + shift;
      expect(Math.abs(studentTQuantile(p, 1) - Math.tan(Math.PI * (p - 0.5)))).toBeLessThan(1e-14);
      expect(Math.abs(normalQuantile(p) - (p - 0.5) * Math.sqrt(2 * Math.PI))).toBeLessThan(1e-15 + 5 * shift ** 3);
    }
    expect(studentTQuantile(0.5, 7)).toBe(0);
    expect(studentTQuantile(0, 7)).toBe(Number.NEGATIVE_INFINITY);
    expect(studentTQuantile(1, 7)).toBe(Number.POSITIVE_INFINITY);
    expect(() => studentTQuantile(1.1, 7)).toThrow(/Expected probability to be a number from 0 to 1/);
    for (const probability of [0, 0.3, 0.5]) {
      expect(() => studentTQuantile(probability, 0)).toThrow(/Expected degreesOfFreedom/);
    }
  });

  test('rejects NaN and degrees out of range', () => {
    expect(() => studentTCdf(Number.NaN, 3)).toThrow(/Expected t to be a number/);
    for (const degrees of [0, 0.5, -1, 2e15, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => studentTCdf(1, degrees)).toThrow(/Expected degreesOfFreedom to be from 1 to 1e15/);
    }
  });
});

describe('normal', () => {
  test.each(golden.normalCdf)('CDF at $z equals both sources', ({ z, expected }) => {
    for (const cdf of expected) expectClose(normalCdf(z), cdf, 1e-12);
  });

  test.each(golden.normalQuantile)('quantile of $probability equals both sources', ({ probability, expected }) => {
    for (const z of expected) expectClose(normalQuantile(probability), z, 1e-12);
  });

  test('knows its ends', () => {
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(() => normalQuantile(1.1)).toThrow(/Expected probability to be a number from 0 to 1/);
    expect(() => normalQuantile(Number.NaN)).toThrow(/Expected probability/);
    expect(() => normalCdf(Number.NaN)).toThrow(/Expected z/);
  });
});
