import * as tf from '@tensorflow/tfjs';

/**
 * Log-probabilities over the legal actions of each row, `[batch, actions]`. `mask` holds 1 for legal and 0 for illegal
 * actions, at least one 1 a row; illegal actions get about -1e9, so their probability is exactly 0 in float32.
 */
export function computeMaskedLogSoftmax(logits: tf.Tensor2D, mask?: tf.Tensor2D): tf.Tensor2D {
  // Adding a large number instead of `where` keeps the gradient on every backend.
  return tf.logSoftmax(mask === undefined ? logits : logits.add<tf.Tensor2D>(mask.sub(1).mul(1e9)));
}

/** Entropy of each row's distribution from its masked log-probabilities, in nats, `[batch]`. */
export function computeEntropy(logProbabilities: tf.Tensor2D): tf.Tensor1D {
  return logProbabilities.exp().mul(logProbabilities).sum<tf.Tensor1D>(1).neg();
}
