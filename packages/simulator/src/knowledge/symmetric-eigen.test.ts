import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { computeSymmetricEigen } from './symmetric-eigen.ts';

describe('computeSymmetricEigen', () => {
  it('gives 3 and 1 with their diagonals for [[2, 1], [1, 2]]', () => {
    const { values, vectors } = computeSymmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect(values[0]).toBeCloseTo(3, 14);
    expect(values[1]).toBeCloseTo(1, 14);
    expect(Math.abs(vectors[0]!)).toBeCloseTo(Math.SQRT1_2, 14);
    expect(vectors[0]! * vectors[2]!).toBeCloseTo(0.5, 14);
    expect(vectors[1]! * vectors[3]!).toBeCloseTo(-0.5, 14);
  });

  it('leaves a diagonal matrix as it is, in falling order, and a zero matrix, too', () => {
    expect([...computeSymmetricEigen(Float64Array.of(1, 0, 0, 5), 2).values]).toEqual([5, 1]);
    expect([...computeSymmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
  });

  it('takes more entries than a call takes arguments', () => {
    const size = 400;
    const matrix = new Float64Array(size * size);
    for (let index = 0; index < size; index++) matrix[index * size + index] = size - index;
    expect(computeSymmetricEigen(matrix, size).values[0]).toBe(size);
  });

  it('gives orthonormal vectors with A v = value v, and does not change A', () => {
    const size = 12;
    const random = createRandomStream(1);
    const matrix = new Float64Array(size * size);
    for (let row = 0; row < size; row++) {
      for (let column = 0; column <= row; column++) {
        matrix[row * size + column] = random.normal();
        matrix[column * size + row] = matrix[row * size + column]!;
      }
    }
    const before = matrix.slice();
    const { values, vectors } = computeSymmetricEigen(matrix, size);
    expect(matrix).toEqual(before);
    expect([...values]).toEqual([...values].sort((left, right) => right - left));
    for (let column = 0; column < size; column++) {
      for (let row = 0; row < size; row++) {
        let product = 0;
        let dot = 0;
        for (let inner = 0; inner < size; inner++) {
          product += matrix[row * size + inner]! * vectors[inner * size + column]!;
          dot += vectors[inner * size + row]! * vectors[inner * size + column]!;
        }
        expect(product).toBeCloseTo(values[column]! * vectors[row * size + column]!, 12);
        expect(dot).toBeCloseTo(row === column ? 1 : 0, 12);
      }
    }
  });
});
