/** Centre and scale of the values of a vector. */
export interface Standardization {
  /** `Float64Array [size]` */
  readonly center: Float64Array;
  /** Above 0, `Float64Array [size]`. */
  readonly scale: Float64Array;
}

/** Below this share of its size a deviation is rounding. */
const leastDeviation = 1e-6;

/**
 * Means and standard deviations of the rows (1, values) whose X'X begins a matrix of this size, of which the lower
 * triangle is read. A value that never varied keeps its scale, and so does every value before the first row.
 */
export function computeStandardization(gram: Float64Array, size: number, values: number): Standardization {
  const rows = Math.max(1, gram[0]!);
  const center = Float64Array.from({ length: values }, (_, index) => gram[(1 + index) * size]! / rows);
  const scale = center.map((mean, index) => {
    const variance = gram[(1 + index) * size + 1 + index]! / rows - mean ** 2;
    const deviation = Math.sqrt(Math.max(0, variance));
    return deviation > leastDeviation * (1 + Math.abs(mean)) ? deviation : 1;
  });
  return { center, scale };
}

/**
 * X'X, both triangles, of rows whose blocks (1, values) are standardised; a block may be 0 as a whole. `starts`: the first
 * feature of each block, one after the other and without a gap. Of `gram` the lower triangle is read.
 */
export function standardizeGram(
  gram: Float64Array,
  starts: readonly number[],
  standardization: Standardization,
): Float64Array {
  const size = Math.sqrt(gram.length);
  const full = gram.slice();
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) full[column * size + row] = full[row * size + column]!;
  }
  for (let row = 0; row < size; row++) {
    standardizeMoment(full.subarray(row * size, (row + 1) * size), starts, standardization);
  }
  const { center, scale } = standardization;
  for (const start of starts) {
    for (let index = 0; index < center.length; index++) {
      const row = (start + 1 + index) * size;
      for (let column = 0; column < size; column++) {
        full[row + column] = (full[row + column]! - center[index]! * full[start * size + column]!) / scale[index]!;
      }
    }
  }
  return full;
}

/** The same, in place, for X'y or a row of X'X. */
export function standardizeMoment(
  moment: Float64Array,
  starts: readonly number[],
  { center, scale }: Standardization,
): void {
  for (const start of starts) {
    const constant = moment[start]!;
    for (let index = 0; index < center.length; index++) {
      const feature = start + 1 + index;
      moment[feature] = (moment[feature]! - center[index]! * constant) / scale[index]!;
    }
  }
}

/** Turns weights of standardised values, in place, into those of the values as they are. */
export function unstandardizeWeights(
  weights: Float64Array,
  starts: readonly number[],
  { center, scale }: Standardization,
): void {
  for (const start of starts) {
    for (let index = 0; index < center.length; index++) {
      const feature = start + 1 + index;
      weights[feature]! /= scale[index]!;
      weights[start]! -= weights[feature]! * center[index]!;
    }
  }
}
