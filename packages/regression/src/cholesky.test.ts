import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { factorizeCholesky, invertFromCholesky, solveLower, solveLowerTransposed } from './cholesky.ts';

/** B B' + I of a random B, which is positive definite; and its factor. */
function createSystem(size: number): { readonly matrix: Float64Array; readonly factor: Float64Array } {
  const random = createRandomStream('cholesky').split(size);
  const root = Float64Array.from({ length: size * size }, () => random.normal());
  const matrix = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let sum = row === column ? 1 : 0;
      for (let inner = 0; inner < size; inner++) sum += root[row * size + inner]! * root[column * size + inner]!;
      matrix[row * size + column] = sum;
    }
  }
  const factor = matrix.slice();
  factorizeCholesky(factor, size);
  return { matrix, factor };
}

describe.each([1, 3, 4, 5, 13])('Cholesky factors of size %i', (size) => {
  const { matrix, factor } = createSystem(size);

  it('multiply to the matrix', () => {
    for (let row = 0; row < size; row++) {
      for (let column = 0; column <= row; column++) {
        let sum = 0;
        for (let inner = 0; inner <= column; inner++)
          sum += factor[row * size + inner]! * factor[column * size + inner]!;
        expect(sum).toBeCloseTo(matrix[row * size + column]!, 9);
      }
    }
  });

  it('solve, and invert', () => {
    const right = Float64Array.from({ length: size }, (_, index) => Math.sin(index + 1));
    const solution = right.slice();
    solveLower(factor, solution, size);
    solveLowerTransposed(factor, solution, size);
    const inverse = invertFromCholesky(factor, size);
    for (let row = 0; row < size; row++) {
      let back = 0;
      let direct = 0;
      for (let column = 0; column < size; column++) {
        back += matrix[row * size + column]! * solution[column]!;
        direct += inverse[row * size + column]! * right[column]!;
      }
      expect(back).toBeCloseTo(right[row]!, 9);
      expect(direct).toBeCloseTo(solution[row]!, 9);
    }
  });
});
