import { createRandomStream } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitMinibatches } from './split-minibatches.ts';

describe('splitMinibatches', () => {
  it('puts every row into one part, and makes the first parts longer by at most one', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 50 }),
        fc.integer(),
        (rows, parts, seed) => {
          const split = splitMinibatches(rows, parts, createRandomStream(seed));
          expect(split.length).toBe(Math.min(rows, parts));
          expect(split.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row));
          const sizes = split.map(({ length }) => length);
          expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
          expect(sizes[0]! - sizes.at(-1)!).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('gives 3, 3 and 2 of 8 rows, by the stream, and all of them in order where there is one part', () => {
    const split = splitMinibatches(8, 3, createRandomStream(1));
    expect(split.map(({ length }) => length)).toEqual([3, 3, 2]);
    expect(splitMinibatches(8, 3, createRandomStream(1))).toEqual(split);
    expect(splitMinibatches(8, 3, createRandomStream(2))).not.toEqual(split);
    expect(splitMinibatches(4, 1, createRandomStream(1))).toEqual([[0, 1, 2, 3]]);
  });
});
