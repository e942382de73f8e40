import * as tf from '@tensorflow/tfjs';
import type { Network } from '../networks/network.ts';

/** Gives a network the weights that a golden file lists, flat and in the order of its variables. */
export function setVariables({ variables }: Network, weights: readonly (readonly number[])[]): void {
  tf.tidy(() => {
    for (const [index, variable] of variables.entries())
      variable.assign(tf.tensor([...weights[index]!], variable.shape));
  });
}

/** The loss of golden/networks.py: outputs times fixed factors, summed. */
export function weighOutputs(outputs: tf.Tensor, factors: readonly (readonly number[])[]): tf.Scalar {
  return outputs
    .mul(tf.tensor2d(factors.map((row) => [...row])))
    .sum()
    .asScalar();
}
