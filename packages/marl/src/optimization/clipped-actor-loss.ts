import * as tf from '@tensorflow/tfjs';
import type { PolicyTerms } from '../networks/policy-terms.ts';
import { computeClippedSurrogate } from './clipped-surrogate.ts';
import type { Loss } from './parameter-group.ts';

/**
 * Sum over agents of the clipped surrogate losses, minus `entropyCoefficient` times the sum of the mean entropies. Parts:
 * `policyLoss` and `entropyLoss` (negative entropy), summed over agents; `approxKl`, summed over agents, which is the
 * divergence of the joint policy, as agents draw independently; `clipFraction`, the mean over agents.
 */
export function computeClippedActorLoss(
  /** One an agent. */
  terms: readonly PolicyTerms[],
  /** By agent, in the order of `terms`; `Float32Array [rows]` each. */
  rows: { readonly oldLogChosen: readonly Float32Array[]; readonly advantages: readonly Float32Array[] },
  options: { readonly clipRange: number; readonly entropyCoefficient: number },
): Loss {
  const surrogates = terms.map(({ logChosen }, i) =>
    computeClippedSurrogate(
      logChosen,
      { oldLogChosen: rows.oldLogChosen[i]!, advantages: rows.advantages[i]! },
      options.clipRange,
    ),
  );
  const policyLoss = tf.addN(surrogates.map(({ loss }) => loss));
  const entropyLoss = tf.addN(terms.map(({ entropy }) => entropy.mean())).neg();
  return {
    total: policyLoss.add(entropyLoss.mul(options.entropyCoefficient)),
    parts: {
      policyLoss,
      entropyLoss,
      approxKl: tf.addN(surrogates.map(({ approxKl }) => approxKl)),
      clipFraction: tf.addN(surrogates.map(({ clipFraction }) => clipFraction)).div(terms.length),
    },
  };
}
