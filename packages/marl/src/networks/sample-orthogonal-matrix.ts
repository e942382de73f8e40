import type { RandomStream } from '@rppkit/spec';

/**
 * A random matrix with orthonormal rows or columns (whichever are fewer) times `gain`, `Float32Array [rows, columns]`.
 * Saxe, McClelland, Ganguli: "Exact solutions to the nonlinear dynamics of learning in deep linear neural networks",
 * ICLR 2014. Normal vectors are made orthonormal one after the other, which gives the uniform distribution.
 */
export function sampleOrthogonalMatrix(
  random: RandomStream,
  rows: number,
  columns: number,
  gain: number,
): Float32Array {
  const count = Math.min(rows, columns);
  const length = Math.max(rows, columns);
  const vectors: Float64Array[] = [];
  while (vectors.length < count) {
    const vector = Float64Array.from({ length }, () => random.normal());
    // Once more, because a single pass loses orthogonality to rounding.
    for (let pass = 0; pass < 2; pass++) for (const other of vectors) subtractProjection(vector, other);
    const norm = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    // A vector inside the span of the others (probability 0, but not in floating point) is drawn again.
    if (norm > 1e-8) vectors.push(vector.map((value) => value / norm));
  }
  const matrix = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = rows >= columns ? vectors[column]![row]! : vectors[row]![column]!;
      matrix[row * columns + column] = gain * value;
    }
  }
  return matrix;
}

function subtractProjection(vector: Float64Array, unit: Float64Array): void {
  let product = 0;
  for (let index = 0; index < vector.length; index++) product += vector[index]! * unit[index]!;
  for (let index = 0; index < vector.length; index++) vector[index] = vector[index]! - product * unit[index]!;
}
