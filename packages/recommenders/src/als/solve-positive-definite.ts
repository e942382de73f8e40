/** Share of a diagonal entry below which what elimination leaves of it is rounding. */
const leastShare = 1e-14;

/**
 * Solves A x = b in place by Cholesky factorisation. `matrix` is the symmetric positive definite A, row-major
 * `Float64Array [size, size]`, of which the lower triangle is read and overwritten by the factor; `vector` holds b,
 * `Float64Array [size]`, and then x. Where A is singular to working precision, the entries of x that it leaves open are 0.
 */
export function solvePositiveDefinite(matrix: Float64Array, vector: Float64Array): void {
  const size = vector.length;
  for (let row = 0; row < size; row++) {
    const least = leastShare * matrix[row * size + row]!;
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column]!;
      for (let k = 0; k < column; k++) rest -= matrix[row * size + k]! * matrix[column * size + k]!;
      if (column < row) matrix[row * size + column] = rest / matrix[column * size + column]!;
      // Dividing by infinity takes this entry out of the system.
      else matrix[row * size + row] = rest > least ? Math.sqrt(rest) : Number.POSITIVE_INFINITY;
    }
  }
  for (let row = 0; row < size; row++) {
    let rest = vector[row]!;
    for (let k = 0; k < row; k++) rest -= matrix[row * size + k]! * vector[k]!;
    vector[row] = rest / matrix[row * size + row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    let rest = vector[row]!;
    for (let k = row + 1; k < size; k++) rest -= matrix[k * size + row]! * vector[k]!;
    vector[row] = rest / matrix[row * size + row]!;
  }
}
