import * as tf from '@tensorflow/tfjs';

/**
 * Mean over rows of the larger of (v - R)^2 and (clip(v, v_old - range, v_old + range) - R)^2: a value that has moved further
 * than `clipRange` (above 0; `Infinity` clips nothing) towards its target gets no gradient. Scalar.
 * Yu et al.: "The surprising effectiveness of PPO in cooperative multi-agent games", NeurIPS 2022, appendix A.
 */
export function computeClippedValueLoss(
  /** v, `[rows]`, with a gradient. */
  values: tf.Tensor1D,
  rows: {
    /** v_old: what the critic said before the update, `Float32Array [rows]`. */
    readonly oldValues: Float32Array;
    /** R, `Float32Array [rows]`. */
    readonly targets: Float32Array;
  },
  clipRange: number,
): tf.Scalar {
  const { oldValues, targets } = rows;
  const open = new Float32Array(targets.length);
  const clipped = new Float32Array(targets.length);
  for (const [row, value] of values.dataSync<'float32'>().entries()) {
    const old = oldValues[row]!;
    const held = Math.min(Math.max(value, old - clipRange), old + clipRange);
    const heldLoss = (held - targets[row]!) ** 2;
    if (heldLoss > (value - targets[row]!) ** 2) clipped[row] = heldLoss;
    else open[row] = 1;
  }
  const errors = values.sub(tf.tensor1d(targets)).mul(tf.tensor1d(open));
  return errors.square().add(tf.tensor1d(clipped)).mean<tf.Scalar>();
}
