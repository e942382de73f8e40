/** Rows of indices: row r holds `index[starts[r]]` up to, not including, `index[starts[r + 1]]`. */
export interface IndexRows {
  /** `Int32Array [rows + 1]`. */
  readonly starts: Int32Array;
  /** `Int32Array [entries]`. */
  readonly index: Int32Array;
}

/** The rows that hold each index, for indices below `size`: items of users become users of items, in rising order. */
export function transposeRows({ starts, index }: IndexRows, size: number): IndexRows {
  const newStarts = new Int32Array(size + 1);
  for (let entry = 0; entry < index.length; entry++) newStarts[index[entry]! + 1]!++;
  for (let row = 0; row < size; row++) newStarts[row + 1]! += newStarts[row]!;
  const next = newStarts.slice(0, size);
  const newIndex = new Int32Array(index.length);
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let entry = starts[row]!; entry < starts[row + 1]!; entry++) newIndex[next[index[entry]!]!++] = row;
  }
  return { starts: newStarts, index: newIndex };
}
