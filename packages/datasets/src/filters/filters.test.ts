import { describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { createInteractionLog } from '../interaction-log.ts';
import { filterByHistoryLength } from './filter-by-history-length.ts';
import { filterByTime } from './filter-by-time.ts';
import { filterByValue } from './filter-by-value.ts';
import { removeRepeats } from './remove-repeats.ts';

// In time order u: a, b, a, c; v: a, a; w: b. Rows are numbered as written.
const log = createInteractionLog([
  { user: 'u', item: 'c', time: 40, value: 5 },
  { user: 'u', item: 'a', time: 10, value: 4.1 },
  { user: 'v', item: 'a', time: 20, value: 3 },
  { user: 'u', item: 'b', time: 20, value: 2 },
  { user: 'v', item: 'a', time: 15, value: 4 },
  { user: 'w', item: 'b', time: 30, value: 1 },
  { user: 'u', item: 'a', time: 30, value: 0 },
]);
const dataset: Dataset = { name: 'seven', log, order: 'timestamp' };
const bare: Dataset = { name: 'bare', log: createInteractionLog([{ user: 'u', item: 'a' }]), order: 'none' };

/** Values tell the rows apart. */
const listRows = ({ log: kept }: Dataset): number[] => {
  expect(kept.items).toBe(log.items);
  return Array.from(kept.value!, (value) => log.value!.indexOf(value));
};

describe('filterByValue', () => {
  it('keeps values from minimum to maximum', () => {
    expect(listRows(filterByValue(dataset, { minimum: 2, maximum: 4 }))).toEqual([2, 3, 4]);
    expect(listRows(filterByValue(dataset, { maximum: 1 }))).toEqual([5, 6]);
    expect(listRows(filterByValue(dataset, {}))).toHaveLength(7);
  });

  it('rounds its limits as values are rounded: 4.1 is below 4.1 in 32 bits', () => {
    expect(log.value![1]).toBeLessThan(4.1);
    expect(listRows(filterByValue(dataset, { minimum: 4.1 }))).toEqual([0, 1]);
  });

  it('refuses a data set without values and an empty range', () => {
    expect(() => filterByValue(bare, { minimum: 1 })).toThrow('bare: expected values of interactions, received none.');
    expect(() => filterByValue(dataset, { minimum: 2, maximum: 1 })).toThrow('Expected minimum to be at most');
    expect(() => filterByValue(dataset, { minimum: Number.NaN })).toThrow('minimum');
  });
});

describe('filterByTime', () => {
  it('keeps times from the first moment to just before the second', () => {
    expect(listRows(filterByTime(dataset, { from: 15, to: 30 }))).toEqual([2, 3, 4]);
    expect(listRows(filterByTime(dataset, { from: 30 }))).toEqual([0, 5, 6]);
    expect(listRows(filterByTime(dataset, { to: 15 }))).toEqual([1]);
  });

  it('refuses a data set without times and an empty range', () => {
    expect(() => filterByTime(bare, { from: 1 })).toThrow('bare: expected times of interactions, received none.');
    expect(() => filterByTime(dataset, { from: 2, to: 2 })).toThrow('Expected from to be below 2');
  });
});

describe('filterByHistoryLength', () => {
  it('counts different items, or all interactions, and keeps all rows of a user', () => {
    expect(listRows(filterByHistoryLength(dataset, { minimum: 2 }))).toEqual([0, 1, 3, 6]);
    expect(listRows(filterByHistoryLength(dataset, { maximum: 1 }))).toEqual([2, 4, 5]);
    expect(listRows(filterByHistoryLength(dataset, { minimum: 2, maximum: 3, repeats: 'keep' }))).toEqual([2, 4]);
    expect(listRows(filterByHistoryLength({ ...dataset, order: 'none' }, { minimum: 3 }))).toEqual([0, 1, 3, 6]);
  });

  it('refuses an empty range and unknown ways with repeats', () => {
    expect(() => filterByHistoryLength(dataset, { minimum: 3, maximum: 2 })).toThrow('minimum');
    expect(() => filterByHistoryLength(dataset, { repeats: 'all' as 'keep' })).toThrow('repeats');
  });
});

describe('removeRepeats', () => {
  it('keeps the first or the last row of a pair in the order of the data set', () => {
    expect(listRows(removeRepeats(dataset, { repeats: 'first' }))).toEqual([0, 1, 3, 4, 5]);
    expect(listRows(removeRepeats(dataset, { repeats: 'last' }))).toEqual([0, 2, 3, 5, 6]);
    expect(listRows(removeRepeats({ ...dataset, order: 'none' }, { repeats: 'first' }))).toEqual([0, 1, 2, 3, 5]);
    expect(() => removeRepeats(dataset, { repeats: 'keep' as 'last' })).toThrow('repeats');
  });
});
