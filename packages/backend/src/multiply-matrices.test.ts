import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { multiplyMatrices, selectBackend } from './index.ts';
import { wasmLoaders } from './wasm-loaders.fixture.ts';

const [left, right] = [
  [1, 2, 3, 4, 5, 6],
  [1, -1, 2, 0, 3, 1],
] as const;

describe.each(['cpu', 'wasm'] as const)('multiplyMatrices on %s', (backend) => {
  it('has the product and the gradients of TensorFlow.js', async () => {
    await selectBackend([backend], { loaders: wasmLoaders });
    const describeProduct = (multiply: (a: tf.Tensor2D, b: tf.Tensor2D) => tf.Tensor): number[][] =>
      tf.tidy(() => {
        const inputs = [tf.tensor2d([...left], [2, 3]), tf.tensor2d([...right], [3, 2])] as const;
        const gradients = tf.grads((a, b) =>
          multiply(a as tf.Tensor2D, b as tf.Tensor2D)
            .square()
            .sum(),
        )([...inputs]);
        return [multiply(...inputs), ...gradients].map((values) => [...values.dataSync()]);
      });
    expect(describeProduct(multiplyMatrices)).toEqual(describeProduct((a, b) => tf.matMul(a, b)));
  });

  it('takes the left side as constant where told so', async () => {
    await selectBackend([backend], { loaders: wasmLoaders });
    const differentiate = (multiply: (b: tf.Tensor2D) => tf.Tensor): readonly number[] =>
      tf.tidy(() =>
        Array.from(
          tf
            .grad((b: tf.Tensor) =>
              multiply(b as tf.Tensor2D)
                .square()
                .sum(),
            )(tf.tensor2d([...right], [3, 2]))
            .dataSync(),
        ),
      );
    const a = tf.tensor2d([...left], [2, 3]);
    expect(differentiate((b) => multiplyMatrices(a, b, { constantLeft: true }))).toEqual(
      differentiate((b) => tf.matMul(a, b)),
    );
    a.dispose();
  });
});
