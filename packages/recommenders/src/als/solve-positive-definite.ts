/**
 * Solves A x = b in place by Cholesky factorisation. `matrix` is the symmetric positive definite A, row-major
 * `Float64Array [size, size]`, of which the lower triangle is read and overwritten by the factor; `vector` holds b,
 * `Float64Array [size]`, and then x.
 */
export function solvePositiveDefinite(matrix: Float64Array, vector: Float64Array): void {
  const size = vector.length;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = matrix[row * size + column]!;
      for (let k = 0; k < column; k++) rest -= matrix[row * size + k]! * matrix[column * size + k]!;
      matrix[row * size + column] = row === column ? Math.sqrt(rest) : rest / matrix[column * size + column]!;
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
