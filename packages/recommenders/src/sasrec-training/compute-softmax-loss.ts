import * as tf from '@tensorflow/tfjs';
import { sumRows } from './gather-rows.ts';

/** Keeps the logarithm of a probability that became 0 finite. */
const leastProbability = 1e-30;

/**
 * Mean cross-entropy of the next items under a softmax over all items, a scalar. `states` `[rows, dimensions]`, `items`
 * `[items, dimensions]`, `targets` one index a row. The gradient is written out, so that only the probabilities
 * `[rows, items]` are kept.
 */
export function computeSoftmaxLoss(states: tf.Tensor2D, items: tf.Tensor2D, targets: Int32Array): tf.Scalar {
  const compute = tf.customGrad((...inputs) => {
    const [hidden, vectors, save] = inputs as unknown as [tf.Tensor2D, tf.Tensor2D, tf.GradSaveFunc];
    const rows = targets.length;
    const count = vectors.shape[0];
    const probabilities = tf.softmax(tf.matMul(hidden, tf.transpose(vectors)));
    const places = Int32Array.from(targets, (target, row) => row * count + target);
    const chosen = tf.gather(probabilities.reshape([-1]), tf.tensor1d(places, 'int32'));
    save([hidden, vectors, probabilities]);
    return {
      value: chosen.maximum(leastProbability).log().mean().neg(),
      gradFunc: (dy, saved) => {
        const [h, m, p] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
        const scale = dy.div(rows);
        const wanted = tf.gather(m, tf.tensor1d(targets, 'int32'));
        const pulled = sumRows(h, targets, count);
        return [tf.matMul(p, m).sub(wanted).mul(scale), tf.matMul(tf.transpose(p), h).sub(pulled).mul(scale)];
      },
    };
  });
  return compute(states, items) as tf.Scalar;
}
