/**
 * Least squares of implicit feedback by conjugate gradient.
 * G. Takács, I. Pilászy, D. Tikk: "Applications of the conjugate gradient method for implicit feedback collaborative
 * filtering", RecSys 2011. Symbols as in `normal-equations.ts`. At any x the value that is minimised is
 * (1 + alpha) n - x'b - x'(b - A x)  for a user with n items.
 *
 * Differences from the paper: no preconditioner, and A is applied through the vectors of the user's items, never formed.
 */

import { computeCommonMatrix, type NormalEquationsOptions } from './normal-equations.ts';
import type { IndexRows } from './transpose-rows.ts';

/** What `improveRows` solves. */
export interface ImproveRowsOptions extends NormalEquationsOptions {
  /** The indices of others that each row has. */
  readonly rows: IndexRows;
  /** Steps of conjugate gradient for each row. */
  readonly steps: number;
}

/**
 * Moves each row of `vectors`, `Float32Array [rows, dimensions]`, towards its solution by some steps of conjugate gradient
 * from where it is; rows without entries become 0, which is exact. Returns the sum over the rows of the value that is
 * minimised, where they have arrived.
 */
export function improveRows(vectors: Float32Array, options: ImproveRowsOptions): number {
  const { rows, fixed, dimensions, confidence, steps } = options;
  const common = computeCommonMatrix(options);
  // The vectors of one row's entries, one after the other: they are read once a step.
  const block = new Float64Array(dimensions * findLongest(rows));
  const x = new Float64Array(dimensions);
  const b = new Float64Array(dimensions);
  const residual = new Float64Array(dimensions);
  const direction = new Float64Array(dimensions);
  const product = new Float64Array(dimensions);
  let value = 0;
  for (let row = 0; row + 1 < rows.starts.length; row++) {
    const first = rows.starts[row]!;
    const count = rows.starts[row + 1]! - first;
    const place = row * dimensions;
    if (count === 0) {
      vectors.fill(0, place, place + dimensions);
      continue;
    }
    b.fill(0);
    for (let entry = 0; entry < count; entry++) {
      const from = rows.index[first + entry]! * dimensions;
      const to = entry * dimensions;
      for (let d = 0; d < dimensions; d++) {
        const other = fixed[from + d]!;
        block[to + d] = other;
        b[d]! += (1 + confidence) * other;
      }
    }
    for (let d = 0; d < dimensions; d++) x[d] = vectors[place + d]!;
    multiply(common, block, count, confidence, x, product);
    for (let d = 0; d < dimensions; d++) direction[d] = residual[d] = b[d]! - product[d]!;
    let square = dot(residual, 0, residual);
    for (let step = 0; step < steps && square > 0; step++) {
      multiply(common, block, count, confidence, direction, product);
      const length = square / dot(direction, 0, product);
      for (let d = 0; d < dimensions; d++) {
        x[d]! += length * direction[d]!;
        residual[d]! -= length * product[d]!;
      }
      const nextSquare = dot(residual, 0, residual);
      const share = nextSquare / square;
      for (let d = 0; d < dimensions; d++) direction[d] = residual[d]! + share * direction[d]!;
      square = nextSquare;
    }
    for (let d = 0; d < dimensions; d++) vectors[place + d] = x[d]!;
    value += (1 + confidence) * count - dot(x, 0, b) - dot(x, 0, residual);
  }
  return value;
}

/**
 * A times `vector`, into `product`: the shared matrix, then alpha y (y'v) for the row's entries, four at a time so that
 * `product` is read and written once for four.
 */
function multiply(
  common: Float64Array,
  block: Float64Array,
  count: number,
  confidence: number,
  vector: Float64Array,
  product: Float64Array,
): void {
  const size = vector.length;
  for (let row = 0; row < size; row++) product[row] = dot(common, row * size, vector);
  const whole = count & ~3;
  for (let entry = 0; entry < whole; entry += 4) {
    const start0 = entry * size;
    const start1 = start0 + size;
    const start2 = start1 + size;
    const start3 = start2 + size;
    let weight0 = 0;
    let weight1 = 0;
    let weight2 = 0;
    let weight3 = 0;
    for (let d = 0; d < size; d++) {
      const value = vector[d]!;
      weight0 += block[start0 + d]! * value;
      weight1 += block[start1 + d]! * value;
      weight2 += block[start2 + d]! * value;
      weight3 += block[start3 + d]! * value;
    }
    weight0 *= confidence;
    weight1 *= confidence;
    weight2 *= confidence;
    weight3 *= confidence;
    for (let d = 0; d < size; d++) {
      const first = weight0 * block[start0 + d]! + weight1 * block[start1 + d]!;
      product[d]! += first + (weight2 * block[start2 + d]! + weight3 * block[start3 + d]!);
    }
  }
  for (let entry = whole; entry < count; entry++) {
    const start = entry * size;
    const weight = confidence * dot(block, start, vector);
    for (let d = 0; d < size; d++) product[d]! += weight * block[start + d]!;
  }
}

/** Four sums, so that an addition need not wait for the one before it. */
function dot(matrix: Float64Array, start: number, vector: Float64Array): number {
  const size = vector.length;
  const whole = size & ~3;
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  for (let d = 0; d < whole; d += 4) {
    sum0 += matrix[start + d]! * vector[d]!;
    sum1 += matrix[start + d + 1]! * vector[d + 1]!;
    sum2 += matrix[start + d + 2]! * vector[d + 2]!;
    sum3 += matrix[start + d + 3]! * vector[d + 3]!;
  }
  for (let d = whole; d < size; d++) sum0 += matrix[start + d]! * vector[d]!;
  return sum0 + sum1 + (sum2 + sum3);
}

function findLongest({ starts }: IndexRows): number {
  let longest = 0;
  for (let row = 0; row + 1 < starts.length; row++) longest = Math.max(longest, starts[row + 1]! - starts[row]!);
  return longest;
}
