import { InvalidArgumentError } from '@rppkit/spec';
import { factorizeCholesky, solveLower, solveLowerTransposed } from './cholesky.ts';
import { addRow, type LinearMoments, type SparseRow } from './linear-moments.ts';

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
  const moments: LinearMoments = {
    gram: new Float64Array(features * features),
    moment: new Float64Array(features),
  };
  return {
    add(row, target) {
      addRow(moments, row, target);
    },
    solve(penalty) {
      if (!(penalty > 0)) throw new InvalidArgumentError('penalty', 'a positive number', penalty);
      const factor = moments.gram.slice();
      for (let index = 0; index < features; index++) factor[index * features + index]! += penalty;
      factorizeCholesky(factor, features);
      const coefficients = moments.moment.slice();
      solveLower(factor, coefficients, features);
      solveLowerTransposed(factor, coefficients, features);
      return coefficients;
    },
  };
}
