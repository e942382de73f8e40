import { selectBackend } from '@rppkit/backend';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { appendColumn } from './append-column.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

describe('appendColumn', () => {
  it('repeats one column of a matrix, or one number of a vector, at the end', () => {
    const matrix = tf.tensor2d([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(appendColumn(matrix, 1).arraySync()).toEqual([
      [1, 2, 3, 2],
      [4, 5, 6, 5],
    ]);
    expect(appendColumn(tf.tensor1d([7, 8]), 0).arraySync()).toEqual([7, 8, 7]);
  });
});
