/** Runs of this length are sorted by insertion before they are merged, which takes fewer unforeseen branches. */
const runLength = 16;

/**
 * Orders the entries of a column from `start` to `end` (exclusive), smaller first, ties as they stand: a function that
 * returns positions relative to `start`, or undefined where the entries are in order already. What it returns may be longer
 * than the entries and is valid until the next call. Merge sort from the bottom up; scratch space is kept between calls.
 */
export function createAscendingOrder(column: Float64Array): (start: number, end: number) => Int32Array | undefined {
  let order = new Int32Array(0);
  let merged = new Int32Array(0);
  let keys = new Float64Array(0);
  let mergedKeys = new Float64Array(0);

  const sortRuns = (start: number, count: number): void => {
    for (let at = 0; at < count; at++) {
      const key = column[start + at]!;
      const runStart = at - (at % runLength);
      let to = at;
      for (; to > runStart && keys[to - 1]! > key; to--) {
        keys[to] = keys[to - 1]!;
        order[to] = order[to - 1]!;
      }
      keys[to] = key;
      order[to] = at;
    }
  };

  const mergeRuns = (width: number, count: number): void => {
    for (let from = 0; from < count; from += 2 * width) {
      const middle = Math.min(from + width, count);
      const to = Math.min(middle + width, count);
      let left = from;
      let right = middle;
      for (let at = from; at < to; at++) {
        const next = left < middle && (right >= to || keys[left]! <= keys[right]!) ? left++ : right++;
        merged[at] = order[next]!;
        mergedKeys[at] = keys[next]!;
      }
    }
    [order, merged] = [merged, order];
    [keys, mergedKeys] = [mergedKeys, keys];
  };

  return (start, end) => {
    if (isAscending(column, start, end)) return undefined;
    const count = end - start;
    if (count > order.length) {
      order = new Int32Array(2 * count);
      merged = new Int32Array(2 * count);
      keys = new Float64Array(2 * count);
      mergedKeys = new Float64Array(2 * count);
    }
    sortRuns(start, count);
    for (let width = runLength; width < count; width *= 2) mergeRuns(width, count);
    return order;
  };
}

function isAscending(column: Float64Array, start: number, end: number): boolean {
  for (let at = start + 1; at < end; at++) if (column[at]! < column[at - 1]!) return false;
  return true;
}
