/**
 * Inverse propensity scoring.
 * Horvitz, Thompson: "A generalization of sampling without replacement from a finite universe", Journal of the American
 * Statistical Association 47(260), 1952; for policies of one step: Strehl, Langford, Li, Kakade: "Learning from logged
 * implicit exploration data", NeurIPS 2010.
 *
 *   V = (1/n) sum_i w_i r_i,   w_i = pi(s_i | x_i) / mu(s_i | x_i)
 *
 * Symbols: n rows; x_i context, s_i joint action (one expression a slot) and r_i reward of row i; mu the logging policy, pi
 * the target; w_i the importance weight.
 *
 * Differences from the papers: rewards are averaged, not totalled; propensities are known, not estimated; the variance is
 * that of the sample, not a bound.
 */

import { computeImportanceWeights } from './importance-weights.ts';
import { createEstimate, type OffPolicyEstimate, type OffPolicyOptions } from './off-policy-estimate.ts';
import type { PromptLog } from './prompt-log.ts';
import type { PromptTarget } from './prompt-target.ts';

/**
 * Inverse propensity scoring: unbiased whenever the logging policy can choose all that the target does, and noisy, since
 * the weights of the slots multiply. Throws `InvalidArgumentError` where log and target have different slots.
 */
export function computeInversePropensity(
  log: PromptLog,
  target: PromptTarget,
  { maximumWeight = Number.POSITIVE_INFINITY, level = 0.95 }: OffPolicyOptions = {},
): OffPolicyEstimate {
  const { weights, clipped } = computeImportanceWeights(log, target, maximumWeight);
  const overlaps = weights.some((weight) => weight > 0);
  const terms = weights.map((weight, row) => weight * log.rewards[row]!);
  const value = terms.reduce((sum, term) => sum + term, 0) / log.rows;
  const estimate = overlaps ? value : Number.NaN;
  return createEstimate(log, target, {
    estimator: 'ips',
    estimate,
    influences: terms.map((term) => term - estimate),
    weights,
    flags: [...(overlaps ? [] : ['no-overlap' as const]), ...(clipped > 0 ? ['clipped' as const] : [])],
    level,
  });
}
