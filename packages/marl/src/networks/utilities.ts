import { type AgentLogits, chooseActions } from '@rppkit/policy';
import { type ActionMasks, createRandomStream, type JointActions, type RandomStream } from '@rppkit/spec';
import type * as tf from '@tensorflow/tfjs';
import type { LearningSpace } from '../learner/learning-space.ts';
import { AgentNetworks, type ResolvedNetworkOptions } from './agent-networks.ts';
import { createOneHot } from './policy-terms.ts';

/** Utilities Q^i: a value for each action of each agent, from the observation. */
export function createUtilities(
  space: LearningSpace,
  options: ResolvedNetworkOptions,
  random: RandomStream,
): AgentNetworks {
  // Nearly 0 for all actions: first targets are then about the rewards, and no action looks better before it was tried.
  return new AgentNetworks(space, space.actionCounts, options, {
    inputs: space.observationSize,
    outputGain: 0.01,
    random,
  });
}

/** From utilities `[rows, actions]` an agent those of the actions that a joint action names, `[rows]` an agent. */
export function selectUtilities(
  utilities: readonly tf.Tensor2D[],
  actions: JointActions,
  { agents, actionCounts }: LearningSpace,
): tf.Tensor1D[] {
  return agents.map((agent, i) =>
    utilities[i]!.mul(createOneHot(actions[agent]!, actionCounts[agent]!)).sum<tf.Tensor1D>(1),
  );
}

/**
 * Each agent's best legal action, as a policy file would choose it. Together they are the joint action of the highest Q_tot,
 * where that rises with every utility. Throws `InvalidArgumentError` for a row without a legal action.
 */
export function findGreedyActions(
  utilities: readonly tf.Tensor2D[],
  masks: ActionMasks | undefined,
  { agents }: LearningSpace,
): JointActions {
  const values = utilities.map(
    (tensor, i): AgentLogits => ({
      name: agents[i]!,
      actionCount: tensor.shape[1],
      logits: tensor.dataSync<'float32'>(),
    }),
  );
  // A deterministic choice draws nothing.
  const random = createRandomStream(0);
  return chooseActions(values, { deterministic: true, random, ...(masks && { masks }) }).actions;
}
