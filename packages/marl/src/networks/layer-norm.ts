import type * as tf from '@tensorflow/tfjs';

/** Added to the variance, so that equal values give 0. */
export const layerNormEpsilon = 1e-5;

/**
 * Ba, Kiros, Hinton: "Layer normalization", arXiv 1607.06450, 2016, equation 4: each row of `[batch, units]` shifted and scaled to
 * mean 0 and variance 1 over its units, then times `gain` plus `shift`, `[units]` both.
 *
 * Differences from the paper: epsilon stands inside the root, as in all common libraries.
 */
export function applyLayerNorm(values: tf.Tensor2D, gain: tf.Tensor, shift: tf.Tensor): tf.Tensor2D {
  const centred = values.sub(values.mean(1, true));
  const variance = centred.square().mean(1, true);
  return centred.div(variance.add(layerNormEpsilon).sqrt()).mul(gain).add(shift);
}
