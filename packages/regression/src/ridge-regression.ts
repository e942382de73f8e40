import { InvalidArgumentError } from '@rppkit/spec';
import { factorizeCholesky, solveLower, solveLowerTransposed } from './cholesky.ts';

/** The non-zero features of one row: `indices` without repeats, `values` of the same length. */
export interface SparseRow {
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

/** Least squares with an L2 penalty on rows that are mostly zero, accumulated row by row. */
export interface RidgeRegression {
  add(row: SparseRow, target: number): void;
  /**
   * Coefficients, `Float64Array [features]`: the solution of (X'X + penalty I) w = X'y. Throws `InvalidArgumentError` for a
   * penalty that is not positive.
   */
  solve(penalty: number): Float64Array;
}

/** Memory is features^2 doubles; `add` costs the square of the row's non-zeros, `solve` features^3 / 6 multiplications. */
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
      const coefficients = moment.slice();
      solveLower(factor, coefficients, features);
      solveLowerTransposed(factor, coefficients, features);
      return coefficients;
    },
  };
}
