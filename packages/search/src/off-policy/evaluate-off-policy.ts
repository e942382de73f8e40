import { InvalidArgumentError } from '@rppkit/spec';
import { type CrossFitOptions, crossFitRewards } from './cross-fit-rewards.ts';
import { computeDirectMethod } from './direct-method.ts';
import { computeDoublyRobust } from './doubly-robust.ts';
import { computeGroupInterval, type GroupInterval } from './group-interval.ts';
import { computeInversePropensity } from './inverse-propensity.ts';
import type { OffPolicyEstimate, OffPolicyEstimatorName, OffPolicyOptions } from './off-policy-estimate.ts';
import type { PromptLog } from './prompt-log.ts';
import type { PromptTarget } from './prompt-target.ts';
import { computePseudoInverse } from './pseudo-inverse.ts';
import { computeSelfNormalized } from './self-normalized.ts';
import { computeUnsupportedMass } from './support.ts';

export interface EvaluateOffPolicyOptions extends OffPolicyOptions {
  /** Which to compute, in this order; default: all that the log and the options allow. */
  readonly estimators?: readonly OffPolicyEstimatorName[];
  /** The reward model of the direct method and doubly robust, which need it. */
  readonly rewards?: CrossFitOptions;
}

/** What a log tells of a policy that did not write it. */
export interface OffPolicyEvaluation {
  /** Rows with a reward. */
  readonly rows: number;
  /** Rows left out because their call failed. */
  readonly failed: number;
  /** The value of the logging policy itself: the mean reward of the log. */
  readonly logged: GroupInterval;
  readonly estimates: readonly OffPolicyEstimate[];
  /** Share of the target's choices that the logging policy could not have made, one a slot, as far as the log tells. */
  readonly unsupportedMass: Float64Array;
}

/**
 * Evaluates a policy on logged prompts with several estimators side by side. Where they disagree by more than their
 * intervals, an assumption fails. Throws `InvalidArgumentError` for an estimator without its reward model, and as the
 * estimators do.
 */
export function evaluateOffPolicy(
  log: PromptLog,
  target: PromptTarget,
  { estimators, rewards, maximumWeight = Number.POSITIVE_INFINITY, level = 0.95 }: EvaluateOffPolicyOptions = {},
): OffPolicyEvaluation {
  const names = estimators ?? listPossible(log, rewards !== undefined);
  const fitted = names.find((name) => name === 'direct' || name === 'doubly-robust');
  if (fitted !== undefined && rewards === undefined) {
    throw new InvalidArgumentError('rewards', `given for the estimator ${fitted}`, rewards, 'Pass rewards.fit.');
  }
  const predictions = fitted === undefined ? undefined : crossFitRewards(log, target, rewards!);
  const options = { maximumWeight, level };
  const estimates = names.map((name) => {
    switch (name) {
      case 'ips':
        return computeInversePropensity(log, target, options);
      case 'snips':
        return computeSelfNormalized(log, target, options);
      case 'direct':
        return computeDirectMethod(log, target, predictions!, options);
      case 'doubly-robust':
        return computeDoublyRobust(log, target, predictions!, options);
      case 'pseudo-inverse':
        return computePseudoInverse(log, target, options);
      default:
        throw new InvalidArgumentError('estimators', 'names of off-policy estimators', name);
    }
  });
  const mean = log.rewards.reduce((sum, reward) => sum + reward, 0) / log.rows;
  return {
    rows: log.rows,
    failed: log.failed,
    logged: computeGroupInterval(
      log,
      mean,
      log.rewards.map((reward) => reward - mean),
      level,
    ),
    estimates,
    unsupportedMass: computeUnsupportedMass(log, target),
  };
}

function listPossible(log: PromptLog, hasRewardModel: boolean): readonly OffPolicyEstimatorName[] {
  return [
    'ips',
    'snips',
    ...(hasRewardModel ? (['direct', 'doubly-robust'] as const) : []),
    ...(log.independentSlots ? (['pseudo-inverse'] as const) : []),
  ];
}
