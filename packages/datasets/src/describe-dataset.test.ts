import { describe, expect, it } from 'vitest';
import { describeDataset } from './describe-dataset.ts';
import { createInteractionLog } from './interaction-log.ts';

describe('describeDataset', () => {
  it('counts users, items and repeats and takes the median of different items', () => {
    const rows = ['aab', 'abc', 'a', 'abcd'].flatMap((items, user) =>
      [...items].map((item) => ({ user: `u${user}`, item })),
    );
    const log = createInteractionLog(rows, [{ id: 'z', title: 'Unused' }]);
    // Different items a user: 2, 3, 1, 4.
    expect(describeDataset({ name: 'x', log, order: 'none' })).toEqual({
      users: 4,
      items: 5,
      unusedItems: 1,
      interactions: 11,
      repeatedInteractions: 1,
      medianHistory: 2.5,
    });
  });

  it('describes an empty log', () => {
    expect(describeDataset({ name: 'x', log: createInteractionLog([]), order: 'none' }).medianHistory).toBe(0);
  });
});
