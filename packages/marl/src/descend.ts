import * as tf from '@tensorflow/tfjs';
import type { Adam } from './adam.ts';
import { clipByGlobalNorm } from './clip-by-global-norm.ts';

/** A loss and the parts of it that are reported; all scalars. */
export interface Loss {
  readonly total: tf.Tensor;
  readonly parts: Readonly<Record<string, tf.Tensor>>;
}

/** One optimiser step down the clipped gradient. Returns the parts of the loss before it, and the norm before clipping. */
export function descend(
  computeLoss: () => Loss,
  variables: readonly tf.Variable[],
  optimizer: Adam,
  learningRate: number,
  maxGradientNorm: number,
): { readonly parts: Readonly<Record<string, number>>; readonly gradientNorm: number } {
  const parts: Record<string, number> = {};
  const { value, grads } = tf.variableGrads(() => {
    const loss = computeLoss();
    for (const [name, part] of Object.entries(loss.parts)) parts[name] = part.dataSync()[0]!;
    return loss.total.asScalar();
  }, [...variables]);
  const { clipped, norm } = clipByGlobalNorm(
    variables.map((variable) => grads[variable.name]!),
    maxGradientNorm,
  );
  optimizer.step(variables, clipped, learningRate);
  tf.dispose([value, grads, clipped]);
  return { parts, gradientNorm: norm };
}
