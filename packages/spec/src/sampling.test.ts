import { describe, expect, it } from 'vitest';
import { createRandomStream } from './random-stream.ts';
import { sampleDerangement, sampleDistinct, sampleIndex, samplePermutation } from './sampling.ts';

describe('samplePermutation', () => {
  it('gives each of the 24 orders of 4 elements equally often (chi-square, 99.9 % quantile of 23 degrees)', () => {
    const random = createRandomStream(1);
    const counts = new Map<string, number>();
    for (let index = 0; index < 24_000; index++) {
      const key = samplePermutation(random, 4).join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    expect(counts.size).toBe(24);
    expect(chiSquare).toBeLessThan(49.73);
  });
});

describe('sampleDistinct', () => {
  it('draws every subset equally often and never repeats an element', () => {
    const random = createRandomStream(2);
    const counts = new Float64Array(6);
    for (let index = 0; index < 6000; index++) {
      const drawn = sampleDistinct(random, 6, 3);
      expect(new Set(drawn).size).toBe(3);
      for (const value of drawn) counts[value]! += 1;
    }
    for (const count of counts) expect(Math.abs(count - 3000)).toBeLessThan(4 * Math.sqrt(1500));
  });

  it('refuses to draw more than there are', () => {
    expect(() => sampleDistinct(createRandomStream(1), 2, 3)).toThrow('Expected count to be at most 2, received 3');
  });
});

describe('sampleIndex', () => {
  it('follows the weights and never picks a zero weight', () => {
    const random = createRandomStream(5);
    const counts = [0, 0, 0, 0];
    for (let index = 0; index < 10_000; index++) counts[sampleIndex(random, [0, 1, 3, 0])]! += 1;
    expect(counts[0]! + counts[3]!).toBe(0);
    expect(Math.abs(counts[2]! - 7500)).toBeLessThan(4 * Math.sqrt(10_000 * 0.75 * 0.25));
  });

  it('refuses weights that are negative, not finite, or all 0', () => {
    for (const weights of [[0, 0], [-5, 3, 3], [Number.NaN, 1], [Number.POSITIVE_INFINITY]]) {
      expect(() => sampleIndex(createRandomStream(1), weights)).toThrow('weights');
    }
  });
});

describe('sampleDerangement', () => {
  it('refuses sizes that have no derangement', () => {
    for (const size of [0, 1, 2.5]) expect(() => sampleDerangement(createRandomStream(1), size)).toThrow('size');
    expect(() => samplePermutation(createRandomStream(1), -1)).toThrow('size');
    expect(() => sampleDistinct(createRandomStream(1), 5, 1.5)).toThrow('count');
  });

  it('leaves no element in its place', () => {
    const random = createRandomStream(6);
    for (let size = 2; size < 20; size++) {
      const order = sampleDerangement(random, size);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, index) => index));
      expect(order.some((value, index) => value === index)).toBe(false);
    }
  });
});
