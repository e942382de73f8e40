import * as tf from '@tensorflow/tfjs';

/**
 * `[rows, inner]` times `[inner, columns]`, with a gradient. TensorFlow.js's own gradient multiplies transposed views, for
 * which wasm has no fast path: here the small transposes are written out.
 */
export function multiplyMatrices(left: tf.Tensor2D, right: tf.Tensor2D): tf.Tensor2D {
  const multiply = tf.customGrad((...inputs) => {
    const [a, b, save] = inputs as unknown as [tf.Tensor2D, tf.Tensor2D, tf.GradSaveFunc];
    save([a, b]);
    return {
      value: tf.matMul(a, b),
      gradFunc: (upstream, saved) => {
        const dy = upstream as tf.Tensor2D;
        const [first, second] = saved as [tf.Tensor2D, tf.Tensor2D];
        return [tf.matMul(dy, tf.transpose(second)), tf.matMul(tf.transpose(first), dy)];
      },
    };
  });
  return multiply(left, right) as tf.Tensor2D;
}
