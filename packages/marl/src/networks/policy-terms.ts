import * as tf from '@tensorflow/tfjs';
import type { LearningSpace } from '../learner/learning-space.ts';
import type { RowBatch } from '../rollouts/rollout-batch.ts';
import { computeEntropy, computeMaskedLogSoftmax } from './masked-log-softmax.ts';

/** What one agent's policy says of the rows of a batch. */
export interface PolicyTerms {
  /** Of all actions, `[rows, actions]`. */
  readonly logPi: tf.Tensor2D;
  /** Of the chosen action, `[rows]`. */
  readonly logChosen: tf.Tensor1D;
  /** `[rows]`, in nats. */
  readonly entropy: tf.Tensor1D;
}

/** Terms of each agent from its logits, `[rows, actions]`, under the batch's masks. */
export function computePolicyTerms(
  logits: readonly tf.Tensor2D[],
  batch: RowBatch,
  { agents, actionCounts }: LearningSpace,
): readonly PolicyTerms[] {
  return agents.map((agent, i) => {
    const logPi = computeMaskedLogSoftmax(logits[i]!, createMask(batch.actionMasks?.[agent], actionCounts[agent]!));
    const logChosen = logPi.mul(createOneHot(batch.actions[agent]!, actionCounts[agent]!)).sum<tf.Tensor1D>(1);
    return { logPi, logChosen, entropy: computeEntropy(logPi) };
  });
}

/** Masks of one agent as a tensor `[rows, actions]`. */
export function createMask(mask: Uint8Array | undefined, count: number): tf.Tensor2D | undefined {
  return mask && tf.tensor2d(mask, [mask.length / count, count], 'float32');
}

/** Actions as rows with a single 1, `[rows, actions]`. */
export function createOneHot(actions: Int32Array, count: number): tf.Tensor2D {
  const encoded = new Float32Array(actions.length * count);
  for (const [row, action] of actions.entries()) encoded[row * count + action] = 1;
  return tf.tensor2d(encoded, [actions.length, count]);
}

/** Rows of a batch as a tensor `[rows, width]`. */
export function createRows(values: Float32Array, width: number): tf.Tensor2D {
  return tf.tensor2d(values, [values.length / width, width]);
}
