import { createInteractionLog, splitLeaveOneOut } from '@rppkit/datasets';
import { describe, expect, it } from 'vitest';
import { createSplitInteractions } from './split-interactions.ts';

const rows = [
  { user: 'ann', item: 'c', time: 1_500_000_300 },
  { user: 'bob', item: 'a', time: 1_500_000_100 },
  { user: 'ann', item: 'a', time: 1_500_000_100 },
  { user: 'ann', item: 'b', time: 1_500_000_200 },
  { user: 'ann', item: 'd', time: 1_500_000_400 },
];
const dataset = { name: 'letters', log: createInteractionLog(rows), order: 'timestamp' } as const;
const split = splitLeaveOneOut(dataset);

describe('createSplitInteractions', () => {
  it('takes what trains, oldest first, with its times', () => {
    const { users, starts, item, items, time, order } = createSplitInteractions(dataset, split, 'train');
    expect([users, [...starts], order]).toEqual([['ann', 'bob'], [0, 2, 3], 'timestamp']);
    expect(Array.from(item, (index) => items[index]!.id)).toEqual(['a', 'b', 'a']);
    expect([...time!]).toEqual([1_500_000_100, 1_500_000_200, 1_500_000_100]);
  });

  it('adds the validation items for a last fit', () => {
    const { starts, item, items } = createSplitInteractions(dataset, split, 'train-and-validation');
    expect([...starts]).toEqual([0, 3, 4]);
    expect(Array.from(item, (index) => items[index]!.id)).toEqual(['a', 'b', 'c', 'a']);
  });

  it('refuses what would not be a part of the data set, or would hold an item twice', () => {
    const other = { ...dataset, log: createInteractionLog(rows) };
    expect(() => createSplitInteractions(other, split, 'train')).toThrow(
      'Expected split to be a split of this data set',
    );
    const repeating = splitLeaveOneOut(dataset, { repeats: 'keep' });
    expect(() => createSplitInteractions(dataset, repeating, 'train')).toThrow('split.repeats');
    expect(() => createSplitInteractions(dataset, split, 'test' as 'train')).toThrow('received "test"');
  });
});
