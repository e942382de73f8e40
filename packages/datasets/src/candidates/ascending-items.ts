/** Whether an ascending array holds an item (binary search). */
export function hasItem(ascending: Int32Array, item: number): boolean {
  let from = 0;
  let to = ascending.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (ascending[middle]! < item) from = middle + 1;
    else to = middle;
  }
  return ascending[from] === item;
}

/** Sorts items in place and returns a view of those that are different, ascending. */
export function sortDistinct(items: Int32Array): Int32Array {
  items.sort();
  let length = 0;
  for (let at = 0; at < items.length; at++) {
    if (at === 0 || items[at] !== items[at - 1]) items[length++] = items[at]!;
  }
  return length === items.length ? items : items.subarray(0, length);
}
