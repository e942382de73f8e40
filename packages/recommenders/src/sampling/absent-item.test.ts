import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { sampleAbsentItem } from './absent-item.ts';
import { createPairwiseSamples } from './pairwise-samples.ts';

const samples = createPairwiseSamples({
  users: ['some', 'all', 'none', 'but first'],
  items: ['0', '1', '2', '3', '4', '5'],
  starts: Int32Array.of(0, 3, 9, 9, 14),
  item: Int32Array.of(4, 0, 3, 5, 4, 3, 2, 1, 0, 5, 4, 3, 2, 1),
});

describe('sampleAbsentItem', () => {
  it.each([
    [0, [1, 2, 5]],
    [1, [0, 1, 2, 3, 4, 5]],
    [2, [0, 1, 2, 3, 4, 5]],
    [3, [0]],
  ])('gives each item that user %d lacks exactly once over all ranks', (user, absent) => {
    const found: number[] = [];
    const random = createRandomStream(1);
    let bound = 1;
    for (let rank = 0; rank < bound; rank++) {
      const integer = (below: number): number => {
        bound = below;
        return rank;
      };
      found.push(sampleAbsentItem(samples, user, { ...random, integer }));
    }
    expect(found).toEqual(absent);
  });

  it('draws once, all alike', () => {
    const random = createRandomStream('negatives');
    const counts = new Int32Array(6);
    for (let draw = 0; draw < 9000; draw++) counts[sampleAbsentItem(samples, 0, random)]!++;
    expect(random.state().drawn).toBe(9000);
    for (let item = 0; item < 6; item++) {
      // Six standard deviations of a binomial count with mean 3,000 are below 330.
      if ([1, 2, 5].includes(item)) expect(Math.abs(counts[item]! - 3000), `item ${item}`).toBeLessThan(330);
      else expect(counts[item], `item ${item}`).toBe(0);
    }
  });
});
