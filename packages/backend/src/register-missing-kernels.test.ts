import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { selectBackend } from './index.ts';
import { wasmLoaders } from './wasm-loaders.fixture.ts';

describe('the missing kernels of wasm', () => {
  it('give gather the gradient that the cpu backend computes', async () => {
    const gradientOn = async (name: 'wasm' | 'cpu'): Promise<number[]> => {
      await selectBackend([name], { loaders: wasmLoaders });
      return tf.tidy(() => {
        const embeddings = tf.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
        const indices = tf.tensor1d([2, 0, 2], 'int32');
        const weights = tf.tensor2d([1, 10, 100, 1000, 0.5, 5], [3, 2]);
        const loss = (x: tf.Tensor): tf.Scalar => tf.gather(x, indices).square().mul(weights).sum().asScalar();
        return [...tf.grad(loss)(embeddings).dataSync()];
      });
    };
    // By hand: row 2 is taken twice, 2 x (1 + 0.5) and 2 y (10 + 5) with x = 5, y = 6; row 0 once; rows 1 and 3 never.
    const expected = [200, 4000, 0, 0, 15, 180, 0, 0];
    expect(await gradientOn('cpu')).toEqual(expected);
    expect(await gradientOn('wasm')).toEqual(expected);
  });

  it('drop rows with a negative id, as on cpu', async () => {
    for (const name of ['cpu', 'wasm'] as const) {
      await selectBackend([name], { loaders: wasmLoaders });
      const sums = tf.unsortedSegmentSum(tf.tensor1d([1, 2, 3, 4]), tf.tensor1d([1, -1, 1, 0], 'int32'), 3);
      expect([name, ...sums.dataSync()]).toEqual([name, 4, 4, 0]);
    }
  });
});
