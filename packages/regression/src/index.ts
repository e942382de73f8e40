export { factorizeCholesky, invertFromCholesky, solveLower, solveLowerTransposed } from './cholesky.ts';
export { createRidgeRegression, type RidgeRegression, type SparseRow } from './ridge-regression.ts';
