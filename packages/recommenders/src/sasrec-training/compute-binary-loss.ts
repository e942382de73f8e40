import * as tf from '@tensorflow/tfjs';
import { gatherRows } from './gather-rows.ts';

/**
 * Mean over the rows of -log sigmoid(score of the next item) - log(1 - sigmoid(score of a negative)), a scalar: the loss
 * of SASRec's paper. `states` `[rows, dimensions]`, `items` `[items, dimensions]`, `targets` and `negatives` one index a row.
 */
export function computeBinaryLoss(
  states: tf.Tensor2D,
  items: tf.Tensor2D,
  targets: Int32Array,
  negatives: Int32Array,
): tf.Scalar {
  const positive = states.mul(gatherRows(items, targets)).sum(1);
  const negative = states.mul(gatherRows(items, negatives)).sum(1);
  return softplus(positive.neg()).add(softplus(negative)).mean();
}

/** log(1 + exp(x)), without overflow, on backends that lack the operation. */
function softplus(values: tf.Tensor): tf.Tensor {
  const compute = tf.customGrad((...inputs) => {
    const [x, save] = inputs as unknown as [tf.Tensor, tf.GradSaveFunc];
    save([x]);
    return {
      value: x.relu().add(x.abs().neg().exp().add(1).log()),
      gradFunc: (dy, saved) => dy.mul(saved[0]!.sigmoid()),
    };
  });
  return compute(values);
}
