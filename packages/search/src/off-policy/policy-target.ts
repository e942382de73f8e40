import { type ActionMasks, InvalidArgumentError } from '@rppkit/spec';
import { createFactoredTarget, createJointTarget, type PromptTarget } from './prompt-target.ts';

/** A policy that tells its probabilities; `FilePolicy` of @rppkit/policy is one. */
export interface ProbabilityPolicy {
  /** One agent a slot, in the order of the slots. */
  readonly agents: readonly string[];
  readonly observationSize: number;
  readonly actionCounts: Readonly<Record<string, number>>;
  /** `Float32Array [batch, actionCount]` by agent. */
  probabilities(observations: Float32Array, masks?: ActionMasks): Readonly<Record<string, Float32Array>>;
  /**
   * Logits of all joint actions, `Float64Array [batch, joint actions]`, the last agent varying fastest. Absent: the agents
   * choose independently.
   */
  scoreJointActions?(observations: Float32Array): Float64Array;
}

export interface PolicyTargetOptions {
  /** `Float32Array [contexts, observationSize]`: what the policy sees in each context of the log. */
  readonly observations: Float32Array;
  /** Legal actions of each context; default: all. `observeTasks` of @rppkit/env gives both for the tasks of a log. */
  readonly masks?: ActionMasks;
  /** True evaluates the most probable prompt alone, as it is served; default false, the policy as it draws. */
  readonly deterministic?: boolean;
}

/**
 * A saved policy as the target, its agents on their own or together. Throws `InvalidArgumentError` where the observations
 * are of another size or masks of another length; the target's methods throw it for a context without an observation.
 */
export function createPolicyTarget(
  policy: ProbabilityPolicy,
  { observations, masks, deterministic = false }: PolicyTargetOptions,
): PromptTarget {
  const { agents, observationSize } = policy;
  if (observations.length === 0 || observations.length % observationSize !== 0) {
    throw new InvalidArgumentError('observations', `a Float32Array [contexts, ${observationSize}]`, observations);
  }
  const contexts = observations.length / observationSize;
  // Also checks the masks.
  const probabilities = policy.probabilities(observations, masks);
  const actionCounts = agents.map((agent) => policy.actionCounts[agent]!);
  const readRow = (values: Float32Array | Uint8Array, context: number, count: number): Float32Array | Uint8Array => {
    if (context >= contexts) throw new InvalidArgumentError('context', `in [0, ${contexts})`, context);
    return values.subarray(context * count, (context + 1) * count);
  };
  if (policy.scoreJointActions === undefined) {
    return createFactoredTarget({
      actionCounts,
      computeMarginals: (context) =>
        agents.map((agent, slot) => {
          const row = readRow(probabilities[agent]!, context, actionCounts[slot]!);
          return deterministic ? computePointMass(row) : row;
        }),
    });
  }
  return createJointTarget({
    actionCounts,
    computeJoint(context) {
      const observation = readRow(observations, context, observationSize) as Float32Array;
      const legal = agents.map((agent, slot) => {
        const mask = masks?.[agent];
        return mask === undefined ? undefined : readRow(mask, context, actionCounts[slot]!);
      });
      const joint = computeLegalSoftmax(policy.scoreJointActions!(observation), legal, actionCounts);
      return deterministic ? computePointMass(joint) : joint;
    },
  });
}

/** All on the largest, the first among equals. */
function computePointMass(values: ArrayLike<number>): Float64Array {
  const point = new Float64Array(values.length);
  let best = 0;
  for (let index = 1; index < values.length; index++) if (values[index]! > values[best]!) best = index;
  point[best] = 1;
  return point;
}

function computeLegalSoftmax(
  scores: Float64Array,
  masks: readonly (ArrayLike<number> | undefined)[],
  actionCounts: readonly number[],
): Float64Array {
  const weights = scores.slice();
  let stride = scores.length;
  actionCounts.forEach((count, slot) => {
    stride /= count;
    const mask = masks[slot];
    if (mask === undefined) return;
    for (let index = 0; index < weights.length; index++) {
      if (mask[Math.floor(index / stride) % count] === 0) weights[index] = Number.NEGATIVE_INFINITY;
    }
  });
  let largest = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < weights.length; index++) largest = Math.max(largest, weights[index]!);
  let total = 0;
  for (let index = 0; index < weights.length; index++) {
    weights[index] = Math.exp(weights[index]! - largest);
    total += weights[index]!;
  }
  for (let index = 0; index < weights.length; index++) weights[index]! /= total;
  return weights;
}
