/** A column counts as dependent on those before it when no larger part of it than this is left. */
const dependent = 1e-10;

/**
 * Makes the columns of `matrix`, `Float64Array [rows, columns]`, orthonormal in place, in their order, by Gram-Schmidt done
 * twice. A column that depends on those before it becomes zero.
 */
export function orthonormaliseColumns(matrix: Float64Array, rows: number, columns: number): void {
  // One column after the other, so that the inner loops run along memory.
  const transposed = new Float64Array(columns * rows);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      transposed[column * rows + row] = matrix[row * columns + column]!;
    }
  }
  for (let column = 0; column < columns; column++) {
    const start = column * rows;
    const before = computeNorm(transposed, start, rows);
    removeEarlier(transposed, rows, column);
    removeEarlier(transposed, rows, column);
    const norm = computeNorm(transposed, start, rows);
    const scale = norm > dependent * before ? 1 / norm : 0;
    for (let row = 0; row < rows; row++) {
      const value = transposed[start + row]! * scale;
      transposed[start + row] = value;
      matrix[row * columns + column] = value;
    }
  }
}

function removeEarlier(transposed: Float64Array, rows: number, column: number): void {
  const start = column * rows;
  for (let earlier = 0; earlier < column; earlier++) {
    const other = earlier * rows;
    let dot = 0;
    for (let row = 0; row < rows; row++) dot += transposed[other + row]! * transposed[start + row]!;
    for (let row = 0; row < rows; row++) transposed[start + row]! -= dot * transposed[other + row]!;
  }
}

function computeNorm(values: Float64Array, start: number, length: number): number {
  let sum = 0;
  for (let index = start; index < start + length; index++) sum += values[index]! * values[index]!;
  return Math.sqrt(sum);
}
