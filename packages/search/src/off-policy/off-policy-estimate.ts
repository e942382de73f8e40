import { computeGroupInterval, type GroupInterval } from './group-interval.ts';
import type { PromptLog } from './prompt-log.ts';
import type { PromptTarget } from './prompt-target.ts';
import { computeUnsupportedMass } from './support.ts';

export type OffPolicyEstimatorName = 'ips' | 'snips' | 'direct' | 'doubly-robust' | 'pseudo-inverse';

/**
 * Why an estimate may mislead.
 * - `low-effective-sample-size`: below 100; intervals then cover less often than they say.
 * - `unsupported-actions`: the target chooses, in more than 1 % of the cases, what the logging policy did not.
 * - `no-overlap`: the target would have chosen none of the logged prompts.
 * - `clipped`: large weights were lowered, which biases the estimate toward 0 (doubly robust: toward the reward model).
 * - `model-dependent`: only as good as the reward model, whose error the interval does not contain.
 * - `assumes-additive`: biased where slots interact in the reward, which the interval does not contain.
 */
export type OffPolicyFlag =
  | 'low-effective-sample-size'
  | 'unsupported-actions'
  | 'no-overlap'
  | 'clipped'
  | 'model-dependent'
  | 'assumes-additive';

/** The value of a policy as one estimator sees it. */
export interface OffPolicyEstimate extends GroupInterval {
  readonly estimator: OffPolicyEstimatorName;
  /** Expected reward under the target; NaN, with its interval, where `no-overlap` leaves an estimator nothing to go by. */
  readonly estimate: number;
  /** (sum of weights)^2 / sum of squared weights, in [0, rows]: how many rows of the target's own the log is worth. */
  readonly effectiveSampleSize: number;
  readonly largestWeight: number;
  readonly flags: readonly OffPolicyFlag[];
}

export interface OffPolicyOptions {
  /** Weights above this are lowered to it, which trades variance for bias; a positive number, default: none are. */
  readonly maximumWeight?: number;
  /** Coverage of the interval, in (0, 1), default 0.95. */
  readonly level?: number;
}

/** What an estimator found, before the uncertainty. */
export interface EstimateParts {
  readonly estimator: OffPolicyEstimatorName;
  readonly estimate: number;
  /** Influence of each row on the estimate: their mean is 0 and the variance of their mean is the estimate's. */
  readonly influences: Float64Array;
  readonly weights: Float64Array;
  /** Beyond those that `createEstimate` finds itself. */
  readonly flags: readonly OffPolicyFlag[];
  readonly level: number;
}

const fewestEffectiveRows = 100;
const largestUnsupportedMass = 0.01;

/** Student's interval from the influences of the groups, with diagnostics. Throws for a level outside (0, 1). */
export function createEstimate(
  log: PromptLog,
  target: PromptTarget,
  { estimator, estimate, influences, weights, flags, level }: EstimateParts,
): OffPolicyEstimate {
  const effectiveSampleSize = computeEffectiveSampleSize(weights);
  const found: OffPolicyFlag[] = [...flags];
  if (effectiveSampleSize < fewestEffectiveRows) found.push('low-effective-sample-size');
  if (computeUnsupportedMass(log, target).some((mass) => mass > largestUnsupportedMass)) {
    found.push('unsupported-actions');
  }
  return {
    estimator,
    ...computeGroupInterval(log, estimate, influences, level),
    effectiveSampleSize,
    largestWeight: weights.reduce((largest, weight) => Math.max(largest, weight), Number.NEGATIVE_INFINITY),
    flags: found,
  };
}

function computeEffectiveSampleSize(weights: Float64Array): number {
  let sum = 0;
  let squares = 0;
  for (let row = 0; row < weights.length; row++) {
    sum += weights[row]!;
    squares += weights[row]! ** 2;
  }
  return squares === 0 ? 0 : sum ** 2 / squares;
}
