import * as tf from '@tensorflow/tfjs';

/**
 * Scales gradients together so that their joint Euclidean norm is at most `maximum`.
 * Pascanu, Mikolov, Bengio: "On the difficulty of training recurrent neural networks", ICML 2013, Algorithm 1.
 * The caller owns the returned tensors; the given ones stay.
 */
export function clipByGlobalNorm(
  gradients: readonly tf.Tensor[],
  maximum: number,
): { readonly clipped: tf.Tensor[] /** The norm before clipping. */; readonly norm: number } {
  const squaredNorm = tf.tidy(
    () => tf.addN(gradients.map((gradient) => gradient.square().sum())).dataSync<'float32'>()[0]!,
  );
  const norm = Math.sqrt(squaredNorm);
  const scale = norm > maximum ? maximum / norm : 1;
  return { clipped: gradients.map((gradient) => gradient.mul(scale)), norm };
}
