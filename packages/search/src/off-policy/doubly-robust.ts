/**
 * Doubly robust evaluation.
 * Dudik, Langford, Li: "Doubly robust policy evaluation and learning", ICML 2011.
 *
 *   V = (1/n) sum_i ( sum_s pi(s | x_i) q(x_i, s) + w_i (r_i - q(x_i, s_i)) )
 *
 * Symbols: n rows; x_i context, s_i joint action and r_i reward of row i; pi the target; w_i importance weight; q the reward
 * model.
 *
 * Differences from the paper: the target may be random; q is cross-fitted, so a row is never predicted by a model that saw
 * it; propensities are known.
 */

import type { RewardPredictions } from './cross-fit-rewards.ts';
import { computeImportanceWeights } from './importance-weights.ts';
import { createEstimate, type OffPolicyEstimate, type OffPolicyOptions } from './off-policy-estimate.ts';
import type { PromptLog } from './prompt-log.ts';
import type { PromptTarget } from './prompt-target.ts';

/**
 * Doubly robust: the direct method, corrected by the weighted errors of its model. Unbiased whatever the model, and with a
 * good one far less noisy than plain weighting. Throws `InvalidArgumentError` where log and target have different slots.
 */
export function computeDoublyRobust(
  log: PromptLog,
  target: PromptTarget,
  { logged, expected }: RewardPredictions,
  { maximumWeight = Number.POSITIVE_INFINITY, level = 0.95 }: OffPolicyOptions = {},
): OffPolicyEstimate {
  const { weights, clipped } = computeImportanceWeights(log, target, maximumWeight);
  const terms = expected.map((value, row) => value + weights[row]! * (log.rewards[row]! - logged[row]!));
  const estimate = terms.reduce((sum, term) => sum + term, 0) / log.rows;
  return createEstimate(log, target, {
    estimator: 'doubly-robust',
    estimate,
    influences: terms.map((term) => term - estimate),
    weights,
    flags: [
      ...(weights.some((weight) => weight > 0) ? [] : ['no-overlap' as const, 'model-dependent' as const]),
      ...(clipped > 0 ? ['clipped' as const] : []),
    ],
    level,
  });
}
