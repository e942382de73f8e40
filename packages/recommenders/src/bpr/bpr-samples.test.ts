import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createBprSamples, sampleAbsentItem } from './bpr-samples.ts';

const interactions = {
  users: ['a', 'b', 'c', 'd'],
  items: ['0', '1', '2', '3', '4', '5'].map((id) => ({ id, title: id })),
  // b has everything, c nothing.
  starts: Int32Array.of(0, 3, 9, 9, 10),
  item: Int32Array.of(4, 0, 3, 5, 4, 3, 2, 1, 0, 2),
  order: 'none' as const,
};

describe('createBprSamples', () => {
  it('sorts the items of each user and leaves out who has all', () => {
    expect(createBprSamples(interactions)).toEqual({
      itemCount: 6,
      starts: Int32Array.of(0, 3, 3, 3, 4),
      item: Int32Array.of(0, 3, 4, 2),
      user: Int32Array.of(0, 0, 0, 3),
    });
    expect(interactions.item.subarray(0, 3)).toEqual(Int32Array.of(4, 0, 3));
  });
});

describe('sampleAbsentItem', () => {
  it.each([
    [0, [1, 2, 5]],
    [3, [0, 1, 3, 4, 5]],
  ])('draws what user %d does not have, all alike', (user, absent) => {
    const samples = createBprSamples(interactions);
    const random = createRandomStream('negatives');
    const counts = new Int32Array(6);
    const draws = 3000 * absent.length;
    for (let draw = 0; draw < draws; draw++) counts[sampleAbsentItem(samples, user, random)]!++;
    expect(random.state().drawn).toBe(draws);
    for (let item = 0; item < 6; item++) {
      // Six standard deviations of a binomial count with mean 3,000 are below 330.
      if (absent.includes(item)) expect(Math.abs(counts[item]! - 3000), `item ${item}`).toBeLessThan(330);
      else expect(counts[item], `item ${item}`).toBe(0);
    }
  });
});
