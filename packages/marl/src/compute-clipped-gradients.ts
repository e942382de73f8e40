import { RppError } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';

/** A loss and the parts of it that are reported; all scalars. */
export interface Loss {
  readonly total: tf.Tensor;
  readonly parts: Readonly<Record<string, tf.Tensor>>;
}

/** Gradients that hold NaN or overflowed: rewards, states or weights have grown too large for float32. */
export class NonFiniteGradientError extends RppError {
  /** The network that could not be moved: `actor` stands for all actors together. */
  readonly network: 'actor' | 'critic';

  constructor(network: 'actor' | 'critic', norm: number) {
    super(
      'NON_FINITE_GRADIENT',
      `Expected a finite norm of the ${network} gradients, received ${norm}. The learner is as before the update: scale down rewards and states, or lower the learning rate and load an earlier state.`,
    );
    this.network = network;
  }
}

/**
 * The clipped gradient of each variable, with the parts of the loss and the norm before clipping. The caller's
 * `tf.tidy` frees the gradients. Throws `NonFiniteGradientError`.
 */
export function computeClippedGradients(
  network: 'actor' | 'critic',
  variables: readonly tf.Variable[],
  maxGradientNorm: number,
  computeLoss: () => Loss,
): { readonly gradients: tf.Tensor[]; readonly parts: Readonly<Record<string, number>>; readonly norm: number } {
  const parts: Record<string, number> = {};
  const { grads } = tf.variableGrads(() => {
    const loss = computeLoss();
    for (const [name, part] of Object.entries(loss.parts)) parts[name] = part.dataSync()[0]!;
    return loss.total.asScalar();
  }, [...variables]);
  const { clipped, norm } = clipByGlobalNorm(
    variables.map((variable) => grads[variable.name]!),
    maxGradientNorm,
  );
  if (!Number.isFinite(norm)) throw new NonFiniteGradientError(network, norm);
  return { gradients: clipped, parts, norm };
}
