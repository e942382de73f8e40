/**
 * Randomised truncated singular value decomposition.
 *
 * N. Halko, P. G. Martinsson, J. A. Tropp: "Finding structure with randomness: probabilistic algorithms for constructing
 * approximate matrix decompositions", SIAM Review 53(2), 2011.
 *
 * Symbols: A [users, items] the matrix, k the rank wanted, p the oversampling, Omega [items, k + p] standard normal draws,
 * Q [users, k + p] orthonormal columns whose span approximates the range of A, B = Q^T A = W S V^T.
 *
 * Differences from the paper:
 * - The small matrix B is decomposed through the eigenvectors of B B^T, [k + p, k + p], instead of by an SVD of its own.
 *   Singular values below 1e-7 of the largest drown in its rounding; they and their vectors are set to 0.
 * - Left vectors are left out: A V stands for U S, which it equals where Q spans what V needs of the range of A.
 * - Signs are fixed: the entry of largest magnitude of a right vector, the first where several are, is positive.
 */

import type { RandomStream } from '@rppkit/spec';
import type { NormalisedAdjacency } from './normalised-adjacency.ts';
import { orthonormaliseColumns } from './orthonormal-columns.ts';
import { computeSymmetricEigen } from './symmetric-eigen.ts';

/** A is about A V V^T. Where the rank of A is below the rank wanted, the rest is 0. */
export interface TruncatedSvd {
  /** Highest first, `Float64Array [rank]`. */
  readonly values: Float64Array;
  /** V, `Float64Array [items, rank]`. */
  readonly right: Float64Array;
}

/** Singular values below this part of the largest are rounding. */
const negligible = 1e-7;

/** Q from `columns` random directions: stage A of the paper without power iterations (algorithm 4.1). */
export function sampleRange(matrix: NormalisedAdjacency, columns: number, random: RandomStream): Float64Array {
  const omega = Float64Array.from({ length: matrix.items * columns }, () => random.normal());
  const range = matrix.multiply(omega, columns);
  orthonormaliseColumns(range, matrix.users, columns);
  return range;
}

/** One power iteration: the next Q from this one (a turn of the loop of algorithm 4.4). */
export function improveRange(matrix: NormalisedAdjacency, range: Float64Array, columns: number): Float64Array {
  const back = matrix.multiplyTransposed(range, columns);
  orthonormaliseColumns(back, matrix.items, columns);
  const next = matrix.multiply(back, columns);
  orthonormaliseColumns(next, matrix.users, columns);
  return next;
}

/** The first `rank` singular triples of Q Q^T A (algorithm 5.1); past `columns` they are 0. */
export function computeTruncatedSvd(
  matrix: NormalisedAdjacency,
  range: Float64Array,
  columns: number,
  rank: number,
): TruncatedSvd {
  const { items } = matrix;
  const transposedB = matrix.multiplyTransposed(range, columns);
  const { values: squares, vectors } = computeSymmetricEigen(computeGram(transposedB, items, columns), columns);
  const all = Float64Array.from(squares, (square) => Math.sqrt(Math.max(0, square)));
  const values = new Float64Array(rank);
  for (let k = 0; k < Math.min(rank, columns); k++) values[k] = all[k]! > negligible * all[0]! ? all[k]! : 0;
  const right = new Float64Array(items * rank);
  for (let k = 0; k < rank; k++) {
    if (values[k]! > 0) writeRightVector(transposedB, vectors, columns, right, rank, k);
  }
  return { values, right };
}

/** `matrix^T matrix`, `Float64Array [columns, columns]`. */
function computeGram(matrix: Float64Array, rows: number, columns: number): Float64Array {
  const gram = new Float64Array(columns * columns);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    for (let a = 0; a < columns; a++) {
      const value = matrix[start + a]!;
      const target = a * columns;
      for (let b = a; b < columns; b++) gram[target + b]! += value * matrix[start + b]!;
    }
  }
  for (let a = 0; a < columns; a++) for (let b = 0; b < a; b++) gram[a * columns + b] = gram[b * columns + a]!;
  return gram;
}

/** Writes column k of V, B^T w_k at unit length with its sign fixed. */
function writeRightVector(
  transposedB: Float64Array,
  vectors: Float64Array,
  columns: number,
  right: Float64Array,
  rank: number,
  k: number,
): void {
  const vector = Float64Array.from({ length: columns }, (_, row) => vectors[row * columns + k]!);
  const items = right.length / rank;
  let largest = 0;
  let squares = 0;
  for (let item = 0; item < items; item++) {
    const start = item * columns;
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += transposedB[start + column]! * vector[column]!;
    right[item * rank + k] = sum;
    squares += sum * sum;
    if (Math.abs(sum) > Math.abs(largest)) largest = sum;
  }
  const scale = Math.sign(largest) / Math.sqrt(squares);
  for (let item = 0; item < items; item++) right[item * rank + k]! *= scale;
}
