export { factorizeCholesky, invertFromCholesky, solveLower, solveLowerTransposed } from './cholesky.ts';
export { addRow, type LinearMoments, type SparseRow, widenMoments } from './linear-moments.ts';
export { createRidgeRegression, type RidgeRegression } from './ridge-regression.ts';
