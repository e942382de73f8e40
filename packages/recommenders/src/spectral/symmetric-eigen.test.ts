import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { computeSymmetricEigen } from './symmetric-eigen.ts';

describe('computeSymmetricEigen', () => {
  it('solves a matrix by hand', () => {
    // [[2, 1], [1, 2]]: 3 along (1, 1), 1 along (1, -1).
    const { values, vectors } = computeSymmetricEigen(Float64Array.of(2, 1, 1, 2), 2);
    expect([...values]).toEqual([expect.closeTo(3, 12), expect.closeTo(1, 12)]);
    expect(vectors[0]! / vectors[2]!).toBeCloseTo(1, 12);
    expect(vectors[1]! / vectors[3]!).toBeCloseTo(-1, 12);
  });

  it('finds the eigenvalues 2 - 2 cos(pi k / 21) of a chain of 20', () => {
    const size = 20;
    const chain = Float64Array.from({ length: size * size }, (_, at) => {
      const distance = Math.abs(Math.floor(at / size) - (at % size));
      return distance === 0 ? 2 : distance === 1 ? -1 : 0;
    });
    const { values } = computeSymmetricEigen(chain, size);
    for (const [k, value] of values.entries()) {
      expect(value).toBeCloseTo(2 - 2 * Math.cos((Math.PI * (size - k)) / (size + 1)), 12);
    }
  });

  it('gives orthonormal vectors that rebuild the matrix', () => {
    const size = 12;
    const random = createRandomStream('symmetric');
    const matrix = new Float64Array(size * size);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b <= a; b++) {
        matrix[a * size + b] = random.normal();
        matrix[b * size + a] = matrix[a * size + b]!;
      }
    }
    const given = matrix.slice();
    const { values, vectors } = computeSymmetricEigen(matrix, size);
    expect(matrix).toEqual(given);
    for (let a = 0; a < size; a++) {
      for (let b = 0; b < size; b++) {
        let rebuilt = 0;
        let product = 0;
        for (let k = 0; k < size; k++) {
          rebuilt += vectors[a * size + k]! * values[k]! * vectors[b * size + k]!;
          product += vectors[k * size + a]! * vectors[k * size + b]!;
        }
        expect(rebuilt).toBeCloseTo(matrix[a * size + b]!, 12);
        expect(product).toBeCloseTo(Number(a === b), 12);
      }
    }
  });

  it('leaves a diagonal matrix and a matrix of 0 as they are', () => {
    expect([...computeSymmetricEigen(Float64Array.of(1, 0, 0, 5), 2).values]).toEqual([5, 1]);
    expect([...computeSymmetricEigen(new Float64Array(9), 3).values]).toEqual([0, 0, 0]);
    expect(computeSymmetricEigen(new Float64Array(0), 0).values.length).toBe(0);
  });
});
