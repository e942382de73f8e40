import { InvalidArgumentError } from '@rppkit/spec';

/** The non-zero features of one row: `indices` without repeats, `values` of the same length. */
export interface SparseRow {
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** Least squares with an L2 penalty on rows that are mostly zero, accumulated row by row. */
export interface RidgeRegression {
  add(row: SparseRow, target: number): void;
  /** Coefficients, `Float64Array [features]`: the solution of (X'X + penalty I) w = X'y. */
  solve(penalty: number): Float64Array;
}

/** Memory is features^2 doubles; `add` costs the square of the row's non-zeros, `solve` features^3 / 3. */
export function createRidgeRegression(features: number): RidgeRegression {
  // Lower triangle, row-major.
  const gram = new Float64Array(features * features);
  const moment = new Float64Array(features);
  return {
    add({ indices, values }, target) {
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
    },
    solve(penalty) {
      if (!(penalty > 0)) throw new InvalidArgumentError('penalty', 'a positive number', penalty);
      const factor = gram.slice();
      for (let index = 0; index < features; index++) factor[index * features + index]! += penalty;
      factorizeCholesky(factor, features);
      return substitute(factor, moment, features);
    },
  };
}

/** Replaces the lower triangle of a positive definite matrix by its Cholesky factor. */
function factorizeCholesky(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column]!;
      const left = row * size;
      const right = column * size;
      for (let inner = 0; inner < column; inner++) sum -= matrix[left + inner]! * matrix[right + inner]!;
      matrix[left + column] = row === column ? Math.sqrt(sum) : sum / matrix[right + column]!;
    }
  }
}

/** Solves L L' x = b. */
function substitute(factor: Float64Array, right: Float64Array, size: number): Float64Array {
  const solution = right.slice();
  for (let row = 0; row < size; row++) {
    let sum = solution[row]!;
    for (let column = 0; column < row; column++) sum -= factor[row * size + column]! * solution[column]!;
    solution[row] = sum / factor[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    let sum = solution[row]!;
    for (let below = row + 1; below < size; below++) sum -= factor[below * size + row]! * solution[below]!;
    solution[row] = sum / factor[row * size + row]!;
  }
  return solution;
}
