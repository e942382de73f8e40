import { selectBackend } from '@rppkit/backend';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

describe('clipByGlobalNorm', () => {
  it('scales all gradients together, and only above the maximum', () => {
    // Norm of (3, 0, 4, 12) is 13.
    const gradients = [tf.tensor1d([3, 0]), tf.tensor2d([4, 12], [1, 2])];
    const { clipped, norm } = clipByGlobalNorm(gradients, 6.5);
    expect(norm).toBe(13);
    expect(clipped.map((gradient) => [...gradient.dataSync()])).toEqual([
      [1.5, 0],
      [2, 6],
    ]);
    expect([...clipByGlobalNorm(gradients, 13).clipped[1]!.dataSync()]).toEqual([4, 12]);
  });
});
