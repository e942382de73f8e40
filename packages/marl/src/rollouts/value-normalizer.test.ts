import { describe, expect, it } from 'vitest';
import { ValueNormalizer } from './value-normalizer.ts';

describe('ValueNormalizer', () => {
  it('keeps debiased running numbers', () => {
    const normalizer = new ValueNormalizer(0.9);
    normalizer.update(Float32Array.of(1, 3));
    // m = 0.1 * 2, q = 0.1 * 5, w = 0.1; without w the mean would be 0.2.
    expect(normalizer.mean).toBeCloseTo(2, 12);
    expect(normalizer.standardDeviation).toBeCloseTo(1, 12);
    normalizer.update(Float32Array.of(5, 5, 5));
    // m = 0.9 * 0.2 + 0.1 * 5 = 0.68, q = 0.9 * 0.5 + 0.1 * 25 = 2.95, w = 0.19.
    expect(normalizer.mean).toBeCloseTo(3.578947, 6);
    expect(normalizer.standardDeviation).toBeCloseTo(Math.sqrt(2.717452), 6);
    const normalized = normalizer.normalize(Float32Array.of(3.578947, 10));
    expect(normalized[0]).toBeCloseTo(0, 5);
    // (10 - 3.578947) / 1.648470
    expect(normalized[1]).toBeCloseTo(3.89516, 4);
    expect(normalizer.denormalize(normalized)[1]).toBeCloseTo(10, 5);
  });

  it('weighs all batches alike with the default decay', () => {
    const normalizer = new ValueNormalizer();
    for (const value of [1, 2, 3, 4, 10]) normalizer.update(Float32Array.of(value));
    // Mean and variance of the five.
    expect(normalizer.mean).toBeCloseTo(4, 3);
    expect(normalizer.standardDeviation).toBeCloseTo(Math.sqrt(10), 3);
  });

  it('has mean 0 and the smallest deviation, 0.1, before the first batch, and that deviation for equal returns', () => {
    const normalizer = new ValueNormalizer();
    expect([normalizer.mean, normalizer.standardDeviation]).toEqual([0, 0.1]);
    normalizer.update(Float32Array.of(2, 2));
    expect(normalizer.mean).toBeCloseTo(2, 9);
    expect(normalizer.standardDeviation).toBe(0.1);
  });

  it('continues from what it saved', () => {
    const whole = new ValueNormalizer();
    whole.update(Float32Array.of(1, 4));
    const saved = structuredClone(whole.save());
    const resumed = new ValueNormalizer();
    resumed.restore(saved);
    for (const one of [whole, resumed]) one.update(Float32Array.of(-3, 9));
    expect(resumed.save()).toEqual(whole.save());
    expect(whole.save()).not.toEqual(saved);
  });

  it.each([
    [{ mean: Number.NaN, meanSquare: 1, weight: 0.5 }, 'state.mean'],
    [{ mean: 0, meanSquare: -1, weight: 0.5 }, 'state.meanSquare'],
    [{ mean: 0, meanSquare: Number.POSITIVE_INFINITY, weight: 0.5 }, 'state.meanSquare'],
    [{ mean: 0, meanSquare: 0, weight: 1.5 }, 'state.weight'],
    [{ mean: 1, meanSquare: 0, weight: 0 }, 'state.mean'],
    [{ mean: 0, meanSquare: 0 }, 'state.weight'],
    [null, 'state'],
  ])('refuses %j and stays as it was', (state, argument) => {
    const normalizer = new ValueNormalizer();
    normalizer.update(Float32Array.of(1));
    const before = normalizer.save();
    expect(() => normalizer.restore(state as never)).toThrow(expect.objectContaining({ argument }));
    expect(normalizer.save()).toEqual(before);
  });
});
