import { describe, expect, it } from 'vitest';
import { createNormalisedAdjacency } from './normalised-adjacency.ts';

// R = [[1, 1, 0], [1, 0, 0], [0, 0, 0]]; users have 2, 1, 0, items 2, 1, 0.
const matrix = createNormalisedAdjacency({
  users: ['a', 'b', 'c'],
  items: ['x', 'y', 'z'],
  starts: Int32Array.of(0, 2, 3, 3),
  item: Int32Array.of(1, 0, 0),
});
const half = Math.SQRT1_2;
const close = (values: readonly number[]): number[] => values.map((value) => expect.closeTo(value, 12));

describe('createNormalisedAdjacency', () => {
  // [[1/2, 1/sqrt 2, 0], [1/sqrt 2, 0, 0], [0, 0, 0]]
  it('multiplies', () => {
    const right = Float64Array.of(2, 10, 4, 20, 6, 30);
    expect([...matrix.multiply(right, 2)]).toEqual(close([1 + 4 * half, 5 + 20 * half, 2 * half, 10 * half, 0, 0]));
  });

  it('multiplies transposed', () => {
    const right = Float64Array.of(2, 10, 4, 20, 6, 30);
    expect([...matrix.multiplyTransposed(right, 2)]).toEqual(
      close([1 + 4 * half, 5 + 20 * half, 2 * half, 10 * half, 0, 0]),
    );
    // It is not symmetric where users and items differ.
    expect([...matrix.multiplyTransposed(Float64Array.of(0, 1, 0), 1)]).toEqual(close([half, 0, 0]));
    expect([...matrix.multiply(Float64Array.of(0, 0, 1), 1)]).toEqual([0, 0, 0]);
  });

  it('gives items that nobody had no weight', () => {
    expect([...matrix.itemWeights]).toEqual(close([half, 1, 0]));
  });
});
