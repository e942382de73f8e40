import { describe, expect, it } from 'vitest';
import { createPairwiseSamples } from './pairwise-samples.ts';

describe('createPairwiseSamples', () => {
  it('sorts the items of each user and leaves out who has all', () => {
    const learned = {
      users: ['a', 'all', 'none', 'd'],
      items: ['0', '1', '2', '3', '4', '5'],
      starts: Int32Array.of(0, 3, 9, 9, 10),
      item: Int32Array.of(4, 0, 3, 5, 4, 3, 2, 1, 0, 2),
    };
    expect(createPairwiseSamples(learned)).toEqual({
      itemCount: 6,
      starts: Int32Array.of(0, 3, 3, 3, 4),
      item: Int32Array.of(0, 3, 4, 2),
      user: Int32Array.of(0, 0, 0, 3),
    });
    expect(learned.item.subarray(0, 3)).toEqual(Int32Array.of(4, 0, 3));
  });
});
