/**
 * The pseudo-inverse estimator for slates.
 * Swaminathan, Krishnamurthy, Agarwal, Dudik, Langford, Jose, Zitouni: "Off-policy evaluation for slate recommendation",
 * NeurIPS 2017.
 *
 *   V = (1/n) sum_i r_i q_pi(x_i)' G(x_i)^+ 1_(s_i),   q_pi = E_pi[1_s | x],   G = E_mu[1_s 1_s' | x]
 *
 * Symbols: n rows; x_i context, s_i slate (joint action) and r_i reward of row i; l slots; 1_s the indicator of the pairs of
 * slot and action that s holds; mu the logging policy, pi the target, with marginals mu_j, pi_j of slot j; + the
 * Moore-Penrose inverse.
 *
 * Differences from the paper: slots are patterns of one prompt, each with actions of its own. The logging policy draws its
 * slots independently, so the pseudo-inverse has a closed form:
 *
 *   q_pi' G^+ 1_s = sum_j pi_j(s_j | x) / mu_j(s_j | x) - (l - 1)
 *
 * Its weights add up over the slots where those of inverse propensity scoring multiply.
 */

import { InvalidArgumentError } from '@rppkit/spec';
import { assertSameSlots } from './importance-weights.ts';
import { createEstimate, type OffPolicyEstimate, type OffPolicyOptions } from './off-policy-estimate.ts';
import type { PromptLog } from './prompt-log.ts';
import type { PromptTarget } from './prompt-target.ts';

/**
 * The slate pseudo-inverse: unbiased where the expected reward is a sum over the slots, given the context, and far less
 * noisy than plain weighting. Its weights can be negative and are never clipped. Throws `InvalidArgumentError` where log and
 * target have different slots or the logging policy drew its slots together.
 */
export function computePseudoInverse(
  log: PromptLog,
  target: PromptTarget,
  { level = 0.95 }: Pick<OffPolicyOptions, 'level'> = {},
): OffPolicyEstimate {
  assertSameSlots(log, target);
  if (!log.independentSlots) {
    throw new InvalidArgumentError(
      'log.independentSlots',
      'true',
      false,
      'The pseudo-inverse needs the propensity of each slot by itself; use another estimator.',
    );
  }
  const slots = log.actionCounts.length;
  const weights = new Float64Array(log.rows);
  let estimate = 0;
  for (let row = 0; row < log.rows; row++) {
    const marginals = target.computeMarginals(log.contexts[row]!);
    let weight = 1 - slots;
    for (let slot = 0; slot < slots; slot++) {
      const index = row * slots + slot;
      weight += marginals[slot]![log.choices[index]!]! / log.propensities[index]!;
    }
    weights[row] = weight;
    estimate += (weight * log.rewards[row]!) / log.rows;
  }
  return createEstimate(log, target, {
    estimator: 'pseudo-inverse',
    estimate,
    influences: weights.map((weight, row) => weight * log.rewards[row]! - estimate),
    weights,
    flags: ['assumes-additive'],
    level,
  });
}
