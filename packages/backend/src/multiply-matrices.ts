import * as tf from '@tensorflow/tfjs';

/**
 * `[rows, inner]` times `[inner, columns]`, with a gradient. TensorFlow.js's own gradient multiplies transposed views, for
 * which wasm has no fast path: here the small transposes are written out. The gradients are the same.
 */
export function multiplyMatrices(
  left: tf.Tensor2D,
  right: tf.Tensor2D,
  {
    constantLeft = false,
  }: {
    /** Computes no gradient of `left`, as where it holds data. Default false. */
    readonly constantLeft?: boolean;
  } = {},
): tf.Tensor2D {
  const computeRightGradient = (dy: tf.Tensor2D, a: tf.Tensor2D): tf.Tensor2D => tf.matMul(tf.transpose(a), dy);
  if (constantLeft) {
    const multiply = tf.customGrad((...inputs) => {
      const [b, save] = inputs as unknown as [tf.Tensor2D, tf.GradSaveFunc];
      save([left]);
      return {
        value: tf.matMul(left, b),
        gradFunc: (dy, saved) => computeRightGradient(dy as tf.Tensor2D, saved[0] as tf.Tensor2D),
      };
    });
    return multiply(right) as tf.Tensor2D;
  }
  const multiply = tf.customGrad((...inputs) => {
    const [a, b, save] = inputs as unknown as [tf.Tensor2D, tf.Tensor2D, tf.GradSaveFunc];
    save([a, b]);
    return {
      value: tf.matMul(a, b),
      gradFunc: (upstream, saved) => {
        const dy = upstream as tf.Tensor2D;
        const [first, second] = saved as [tf.Tensor2D, tf.Tensor2D];
        return [tf.matMul(dy, tf.transpose(second)), computeRightGradient(dy, first)];
      },
    };
  });
  return multiply(left, right) as tf.Tensor2D;
}
