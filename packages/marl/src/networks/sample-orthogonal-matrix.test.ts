import { selectBackend } from '@rppkit/backend';
import { createRandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { sampleOrthogonalMatrix } from './sample-orthogonal-matrix.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

describe('sampleOrthogonalMatrix', () => {
  it.each([
    [5, 3],
    [3, 5],
    [4, 4],
  ])('of %i x %i has orthonormal rows or columns times the gain', (rows, columns) => {
    const values = sampleOrthogonalMatrix(createRandomStream(1), rows, columns, 2);
    const matrix = tf.tensor2d(values, [rows, columns]);
    const products = rows >= columns ? matrix.transpose().matMul(matrix) : matrix.matMul(matrix.transpose());
    const size = Math.min(rows, columns);
    for (const [index, value] of products.dataSync().entries()) {
      expect(value).toBeCloseTo(Math.floor(index / size) === index % size ? 4 : 0, 5);
    }
  });
});
