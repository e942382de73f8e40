/**
 * Least squares of implicit feedback.
 * Y. Hu, Y. Koren, C. Volinsky: "Collaborative filtering for implicit feedback datasets", ICDM 2008.
 *
 * Symbols, for one user; for one item users and items change places:
 *   x      the user's vector, [f]                Y       the items' vectors, [items, f]
 *   p      preferences: 1 for the user's items, else 0
 *   c      confidences: 1 + alpha r, here with r = 1 for the user's items, else 1
 *   C      diag(c)                               lambda  regularization
 *   A      Y'Y + Y'(C - I)Y + lambda I           b       Y'Cp = (1 + alpha) times the sum of the user's item vectors
 * The minimum of  sum_i c_i (p_i - x'y_i)^2 + lambda |x|^2  over x solves A x = b (Eq. 4, for items Eq. 5).
 *
 * Differences from the paper: every interaction has r = 1, so that one number is the confidence of all.
 */

import { solvePositiveDefinite } from './solve-positive-definite.ts';

/** What the equations of all rows of one side depend on. */
export interface NormalEquationsOptions {
  /** Vectors of the other side, Y, `Float32Array [others, dimensions]`. */
  readonly fixed: Float32Array;
  readonly dimensions: number;
  /** alpha. */
  readonly confidence: number;
  /** lambda. */
  readonly regularization: number;
}

/** Y'Y + lambda I, what the equations of all rows share: `Float64Array [dimensions, dimensions]`. */
export function computeCommonMatrix({ fixed, dimensions, regularization }: NormalEquationsOptions): Float64Array {
  const common = new Float64Array(dimensions * dimensions);
  for (let d = 0; d < dimensions; d++) common[d * dimensions + d] = regularization;
  for (let start = 0; start < fixed.length; start += dimensions) addOuterProduct(common, fixed, start, dimensions, 1);
  for (let row = 0; row < dimensions; row++) {
    for (let column = 0; column < row; column++) {
      common[column * dimensions + row] = common[row * dimensions + column]!;
    }
  }
  return common;
}

/** The exact x of one row, `Float64Array [dimensions]`; `common` is what `computeCommonMatrix` gives for the options. */
export function solveRow(common: Float64Array, row: Int32Array, options: NormalEquationsOptions): Float64Array {
  const { fixed, dimensions, confidence } = options;
  const matrix = common.slice();
  const vector = new Float64Array(dimensions);
  for (const other of row) {
    const start = other * dimensions;
    addOuterProduct(matrix, fixed, start, dimensions, confidence);
    for (let d = 0; d < dimensions; d++) vector[d]! += (1 + confidence) * fixed[start + d]!;
  }
  solvePositiveDefinite(matrix, vector);
  return vector;
}

/** Adds weight * y y' to the lower triangle. */
function addOuterProduct(
  matrix: Float64Array,
  values: Float32Array,
  start: number,
  size: number,
  weight: number,
): void {
  for (let row = 0; row < size; row++) {
    const scaled = weight * values[start + row]!;
    const place = row * size;
    for (let column = 0; column <= row; column++) matrix[place + column]! += scaled * values[start + column]!;
  }
}
