import { describe, expect, it } from 'vitest';
import { fitStandardization, standardize } from './standardization.ts';

describe('fitStandardization', () => {
  it('takes mean and population deviation by place', () => {
    const rows = [Float32Array.of(1, 10), Float32Array.of(3, 10), Float32Array.of(8, 40)];
    const { mean, deviation } = fitStandardization(rows, 2);
    expect(mean).toEqual([4, 20]);
    // (9 + 1 + 16) / 3 and (100 + 100 + 400) / 3.
    expect(deviation[0]).toBeCloseTo(Math.sqrt(26 / 3), 12);
    expect(deviation[1]).toBeCloseTo(Math.sqrt(200), 12);
  });

  it('does not blow up what varies by rounding alone, on any scale', () => {
    for (const scale of [1e-20, 0.1, 1e20]) {
      const rounded = Math.fround(scale) * (1 + 2 ** -23);
      const standardization = fitStandardization([Float32Array.of(scale), Float32Array.of(rounded)], 1);
      expect(standardization.deviation).toEqual([1]);
      const small = fitStandardization([Float32Array.of(scale), Float32Array.of(1.01 * scale)], 1);
      expect(standardize(1.01 * scale, 0, small)).toBeCloseTo(1, 4);
    }
  });

  it('of no rows changes nothing', () => {
    expect(fitStandardization([], 2)).toEqual({ mean: [0, 0], deviation: [1, 1] });
  });
});

describe('standardize', () => {
  it('cuts at 4 deviations', () => {
    const standardization = { mean: [0, 10], deviation: [1, 2] };
    expect(standardize(13, 1, standardization)).toBe(1.5);
    expect(standardize(100, 1, standardization)).toBe(4);
    expect(standardize(-100, 1, standardization)).toBe(-4);
  });
});
