import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { selectTopItems } from './top-items.ts';

describe('selectTopItems', () => {
  it('takes the highest, ties by index, without the excluded', () => {
    const scores = Float32Array.of(1, 5, 3, 5, 0);
    expect(selectTopItems(scores, 3)).toEqual([1, 3, 2]);
    expect(selectTopItems(scores, 3, Uint8Array.of(0, 1, 0, 0, 0))).toEqual([3, 2, 0]);
    expect(selectTopItems(scores, 9)).toEqual([1, 3, 2, 0, 4]);
    expect(selectTopItems(scores, 1000, Uint8Array.of(0, 1, 0, 0, 0))).toEqual([3, 2, 0, 4]);
    expect(selectTopItems(new Float32Array(0), 3)).toEqual([]);
  });

  it('agrees with sorting', () => {
    const random = createRandomStream(1);
    for (let round = 0; round < 50; round++) {
      const scores = Float32Array.from({ length: 40 }, () => random.integer(12));
      const sorted = Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]! || a - b);
      expect(selectTopItems(scores, 7)).toEqual(sorted.slice(0, 7));
      expect(selectTopItems(scores, 10_000)).toEqual(sorted);
    }
  });
});
