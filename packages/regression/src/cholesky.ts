/**
 * Replaces the lower triangle of a positive definite matrix by its Cholesky factor L, A = L L'. `matrix`: `Float64Array
 * [size, size]`, row-major; the upper triangle is neither read nor written. Takes size^3 / 6 multiplications.
 */
export function factorizeCholesky(matrix: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    const left = row * size;
    let column = 0;
    // Four columns at a time, so that each entry of the row is loaded once for four sums.
    for (; column + 4 <= row; column += 4) {
      const first = column * size;
      const second = first + size;
      const third = second + size;
      const fourth = third + size;
      let a = matrix[left + column]!;
      let b = matrix[left + column + 1]!;
      let c = matrix[left + column + 2]!;
      let d = matrix[left + column + 3]!;
      for (let inner = 0; inner < column; inner++) {
        const value = matrix[left + inner]!;
        a -= value * matrix[first + inner]!;
        b -= value * matrix[second + inner]!;
        c -= value * matrix[third + inner]!;
        d -= value * matrix[fourth + inner]!;
      }
      a /= matrix[first + column]!;
      b = (b - a * matrix[second + column]!) / matrix[second + column + 1]!;
      c -= a * matrix[third + column]! + b * matrix[third + column + 1]!;
      c /= matrix[third + column + 2]!;
      d -= a * matrix[fourth + column]! + b * matrix[fourth + column + 1]! + c * matrix[fourth + column + 2]!;
      d /= matrix[fourth + column + 3]!;
      matrix[left + column] = a;
      matrix[left + column + 1] = b;
      matrix[left + column + 2] = c;
      matrix[left + column + 3] = d;
    }
    for (; column <= row; column++) {
      const right = column * size;
      let sum = matrix[left + column]!;
      for (let inner = 0; inner < column; inner++) sum -= matrix[left + inner]! * matrix[right + inner]!;
      matrix[left + column] = column === row ? Math.sqrt(sum) : sum / matrix[right + column]!;
    }
  }
}

/** Solves L x = b in place. */
export function solveLower(factor: Float64Array, values: Float64Array, size: number): void {
  for (let row = 0; row < size; row++) {
    let sum = values[row]!;
    const offset = row * size;
    for (let column = 0; column < row; column++) sum -= factor[offset + column]! * values[column]!;
    values[row] = sum / factor[offset + row]!;
  }
}

/** Solves L' x = b in place. */
export function solveLowerTransposed(factor: Float64Array, values: Float64Array, size: number): void {
  for (let row = size - 1; row >= 0; row--) {
    const offset = row * size;
    const value = values[row]! / factor[offset + row]!;
    values[row] = value;
    // Row by row of L, which lies in memory as it is read.
    for (let column = 0; column < row; column++) values[column]! -= factor[offset + column]! * value;
  }
}

/** The inverse of L L', `Float64Array [size, size]`, both triangles. Takes size^3 / 3 multiplications. */
export function invertFromCholesky(factor: Float64Array, size: number): Float64Array {
  const inverseFactor = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    const offset = row * size;
    const target = inverseFactor.subarray(offset, offset + size);
    for (let inner = 0; inner < row; inner++) {
      const value = factor[offset + inner]!;
      if (value === 0) continue;
      const from = inner * size;
      for (let column = 0; column <= inner; column++) target[column]! -= value * inverseFactor[from + column]!;
    }
    const diagonal = factor[offset + row]!;
    for (let column = 0; column < row; column++) target[column]! /= diagonal;
    target[row] = 1 / diagonal;
  }
  const inverse = new Float64Array(size * size);
  for (let inner = 0; inner < size; inner++) {
    const from = inner * size;
    for (let row = 0; row <= inner; row++) {
      const value = inverseFactor[from + row]!;
      if (value === 0) continue;
      const offset = row * size;
      for (let column = 0; column <= row; column++) inverse[offset + column]! += value * inverseFactor[from + column]!;
    }
  }
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < row; column++) inverse[column * size + row] = inverse[row * size + column]!;
  }
  return inverse;
}
