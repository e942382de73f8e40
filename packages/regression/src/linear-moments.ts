/** The non-zero features of one row: `indices` without repeats, `values` of the same length. */
export interface SparseRow {
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** What least squares needs of its rows; grows with the features, not with the rows. */
export interface LinearMoments {
  /** X'X, row-major, `Float64Array [features, features]`; only the lower triangle is kept. */
  readonly gram: Float64Array;
  /** X'y, `Float64Array [features]`. */
  readonly moment: Float64Array;
}

/** Adds a row x with its target y in place; costs the square of its non-zeros. */
export function addRow({ gram, moment }: LinearMoments, { indices, values }: SparseRow, target: number): void {
  const features = moment.length;
  for (let left = 0; left < indices.length; left++) {
    const row = indices[left]!;
    const value = values[left]!;
    moment[row]! += value * target;
    const offset = row * features;
    for (let right = 0; right < indices.length; right++) {
      const column = indices[right]!;
      if (column <= row) gram[offset + column]! += value * values[right]!;
    }
  }
}

/** The moments with features at the end that no row has had. */
export function widenMoments({ gram, moment }: LinearMoments, features: number): LinearMoments {
  const old = moment.length;
  const wider = { gram: new Float64Array(features * features), moment: new Float64Array(features) };
  for (let row = 0; row < old; row++) wider.gram.set(gram.subarray(row * old, (row + 1) * old), row * features);
  wider.moment.set(moment);
  return wider;
}
