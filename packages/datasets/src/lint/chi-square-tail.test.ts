import { describe, expect, it } from 'vitest';
import { computeChiSquareTail } from './chi-square-tail.ts';

describe('computeChiSquareTail', () => {
  // scipy 1.10.1, scipy.stats.chi2.sf(statistic, freedom).
  it.each([
    [3.841458820694124, 1, 0.04999999999999989],
    [27.877164871256568, 9, 0.0010000000000000024],
    [9, 9, 0.43727418891386693],
    [0.5, 3, 0.9188914116546758],
    [0.001, 9, 1],
    [200, 99, 8.19391189142209e-9],
    [80, 4, 1.7418252446695558e-16],
    [500, 499, 0.4789716044812014],
    [40_000, 39_999, 0.4976492068688357],
  ])('at %d with %d degrees of freedom equals scipy', (statistic, freedom, expected) => {
    expect(Math.abs(computeChiSquareTail(statistic, freedom) / expected - 1)).toBeLessThan(1e-10);
  });

  it('has closed forms: 1 at 0, and exp(-x / 2) for two degrees', () => {
    expect(computeChiSquareTail(0, 5)).toBe(1);
    for (const x of [0.1, 1, 3.9, 4.1, 30]) expect(computeChiSquareTail(x, 2)).toBeCloseTo(Math.exp(-x / 2), 13);
  });
});
