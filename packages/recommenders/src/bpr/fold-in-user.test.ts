import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { foldInUser } from './fold-in-user.ts';

const settings = { key: 5, learningRate: 0.02, regularization: 0.05 };

describe('foldInUser', () => {
  it('comes close to the maximum that bisection finds', () => {
    // One dimension; item 0 is had, the two others are alike: maximise ln sigma(x d) - lambda / 2 x^2 with d = 2 - (-1) = 3.
    // Its slope d sigma(-x d) - lambda x falls in x.
    let [low, high] = [0, 10];
    for (let halving = 0; halving < 60; halving++) {
      const x = (low + high) / 2;
      if (3 / (1 + Math.exp(3 * x)) - 0.05 * x > 0) low = x;
      else high = x;
    }
    const factors = { dimensions: 1, items: Float32Array.of(2, -1, -1) };
    const near = foldInUser(factors, Float32Array.of(low), Int32Array.of(0), settings);
    expect(near[0]).toBeCloseTo(low, 4);
    const far = foldInUser(factors, Float32Array.of(0), Int32Array.of(0), { ...settings, learningRate: 0.3 });
    expect(Math.abs(far[0]! - low)).toBeLessThan(0.15 * low);
  });

  it('counts the biases of items', () => {
    const factors = { dimensions: 1, items: Float32Array.of(1, 0) };
    const plain = foldInUser(factors, Float32Array.of(0), Int32Array.of(0), settings);
    const itemBiases = Float32Array.of(10, 0);
    const biased = foldInUser({ ...factors, itemBiases }, Float32Array.of(0), Int32Array.of(0), settings);
    // What the bias explains already needs no vector.
    expect(plain[0]).toBeGreaterThan(0.1);
    expect(biased[0]).toBeLessThan(0.001);
  });

  it('depends on the set of items, not on their order, and leaves its arguments alone', () => {
    const random = createRandomStream('fold in');
    const factors = { dimensions: 3, items: Float32Array.from({ length: 30 }, () => random.normal()) };
    const start = Float32Array.of(0.1, 0, -0.1);
    const history = Int32Array.of(7, 2, 5);
    const vector = foldInUser(factors, start, history, settings);
    expect(foldInUser(factors, start, Int32Array.of(2, 5, 7), settings)).toEqual(vector);
    expect(foldInUser(factors, start, Int32Array.of(2, 5, 8), settings)).not.toEqual(vector);
    expect(history).toEqual(Int32Array.of(7, 2, 5));
    expect(start).toEqual(Float32Array.of(0.1, 0, -0.1));
  });

  it.each([[[]], [[2, 0, 1]]])('keeps the start for the history %j, which ranks nothing above anything', (history) => {
    const start = Float32Array.of(0.25);
    const factors = { dimensions: 1, items: Float32Array.of(1, 2, 3) };
    expect(foldInUser(factors, start, Int32Array.from(history), settings)).toEqual(start);
  });
});
