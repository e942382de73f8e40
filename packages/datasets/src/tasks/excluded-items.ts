import { sortDistinct } from '../candidates/ascending-items.ts';

/**
 * A function that gives items in ascending order, each once. All that it gives lies in one array, whose length is the number of
 * items that it will be called with: an array for each of many users would take most of the time.
 */
export function createExcludedItems(capacity: number): (items: ArrayLike<number>) => Int32Array {
  const all = new Int32Array(capacity);
  let length = 0;
  return (items) => {
    const own = all.subarray(length, length + items.length);
    own.set(items);
    length += items.length;
    return sortDistinct(own);
  };
}
