/**
 * The direct method: the mean prediction of a reward model under the target, as compared in
 * Dudik, Langford, Li: "Doubly robust policy evaluation and learning", ICML 2011.
 *
 *   V = (1/n) sum_i sum_s pi(s | x_i) q(x_i, s)
 *
 * Symbols: n rows; x_i context of row i; s joint action; pi the target; q the reward model.
 * Differences from the paper: q is cross-fitted.
 */

import type { RewardPredictions } from './cross-fit-rewards.ts';
import { computeImportanceWeights } from './importance-weights.ts';
import { createEstimate, type OffPolicyEstimate, type OffPolicyOptions } from './off-policy-estimate.ts';
import type { PromptLog } from './prompt-log.ts';
import type { PromptTarget } from './prompt-target.ts';

/**
 * The direct method: little noise, and the bias of its reward model, which neither the standard error nor the interval
 * knows. It uses no weights; effective sample size and largest weight tell how far the model had to extrapolate. Throws
 * `InvalidArgumentError` where log and target have different slots.
 */
export function computeDirectMethod(
  log: PromptLog,
  target: PromptTarget,
  { expected }: RewardPredictions,
  { level = 0.95 }: Pick<OffPolicyOptions, 'level'> = {},
): OffPolicyEstimate {
  const { weights } = computeImportanceWeights(log, target, Number.POSITIVE_INFINITY);
  const estimate = expected.reduce((sum, value) => sum + value, 0) / log.rows;
  return createEstimate(log, target, {
    estimator: 'direct',
    estimate,
    influences: expected.map((value) => value - estimate),
    weights,
    flags: ['model-dependent'],
    level,
  });
}
