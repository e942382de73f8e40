import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createObservationExchange } from './exchange-observations.ts';

/** How often each list of givers comes in 6,000 draws. */
function tally(tasks: Int32Array, groupOf: Int32Array, userOf: Int32Array): ReadonlyMap<string, number> {
  const exchange = createObservationExchange(tasks, { groupOf, userOf });
  const random = createRandomStream('exchange');
  const givers = tasks.slice();
  const counts = new Map<string, number>();
  for (let draw = 0; draw < 6000; draw++) {
    exchange(random, givers);
    counts.set(givers.join(), (counts.get(givers.join()) ?? 0) + 1);
  }
  return counts;
}

describe('createObservationExchange', () => {
  it('permutes users with one task evenly, within their group alone', () => {
    // Tasks 0, 2, 5 of one group, 3 and 4 of another.
    const counts = tally(
      Int32Array.of(0, 2, 3, 4, 5),
      Int32Array.of(0, 9, 0, 1, 1, 0),
      Int32Array.of(0, 1, 2, 3, 4, 5),
    );
    expect(counts.size).toBe(6 * 2);
    for (const count of counts.values()) expect(Math.abs(count - 500)).toBeLessThan(4 * Math.sqrt(500));
    for (const key of counts.keys()) {
      const givers = key.split(',').map(Number);
      expect([givers[0], givers[1], givers[4]].sort()).toEqual([0, 2, 5]);
    }
  });

  it('moves a user’s tasks together, and only to users with as many of each group', () => {
    // Users 0 and 1 have a task of each group, in another order; user 2 has two of group 0, user 3 one of it.
    const counts = tally(
      Int32Array.of(0, 1, 2, 3, 4, 5, 6),
      Int32Array.of(0, 1, 1, 0, 0, 0, 0),
      Int32Array.of(0, 0, 1, 1, 2, 2, 3),
    );
    expect([...counts.keys()].sort()).toEqual(['0,1,2,3,4,5,6', '3,2,1,0,4,5,6']);
    for (const count of counts.values()) expect(Math.abs(count - 3000)).toBeLessThan(160);
  });
});
