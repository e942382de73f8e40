/**
 * Self-normalised inverse propensity scoring.
 * Swaminathan, Joachims: "The self-normalized estimator for counterfactual learning", NeurIPS 2015.
 *
 *   V = sum_i w_i r_i / sum_i w_i
 *
 * Symbols: w_i importance weight and r_i reward of row i; W their mean weight. The standard error is that of the delta
 * method: row i has the influence w_i (r_i - V) / W.
 *
 * Differences from the paper: evaluation only, nothing is learned.
 */

import { computeImportanceWeights } from './importance-weights.ts';
import { createEstimate, type OffPolicyEstimate, type OffPolicyOptions } from './off-policy-estimate.ts';
import type { PromptLog } from './prompt-log.ts';
import type { PromptTarget } from './prompt-target.ts';

/**
 * Self-normalised inverse propensity scoring: a weighted mean of the rewards, so it never leaves their range and does not
 * change when a constant is added to all. Biased by a term of order 1/rows, with less variance than plain weighting as a
 * rule. Throws `InvalidArgumentError` where log and target have different slots.
 */
export function computeSelfNormalized(
  log: PromptLog,
  target: PromptTarget,
  { maximumWeight = Number.POSITIVE_INFINITY, level = 0.95 }: OffPolicyOptions = {},
): OffPolicyEstimate {
  const { weights, clipped } = computeImportanceWeights(log, target, maximumWeight);
  let total = 0;
  let weighted = 0;
  for (let row = 0; row < log.rows; row++) {
    total += weights[row]!;
    weighted += weights[row]! * log.rewards[row]!;
  }
  // 0 / 0 where the target would have chosen none of the prompts.
  const estimate = weighted / total;
  const meanWeight = total / log.rows;
  return createEstimate(log, target, {
    estimator: 'snips',
    estimate,
    influences: weights.map((weight, row) => (weight * (log.rewards[row]! - estimate)) / meanWeight),
    weights,
    flags: [...(total > 0 ? [] : ['no-overlap' as const]), ...(clipped > 0 ? ['clipped' as const] : [])],
    level,
  });
}
