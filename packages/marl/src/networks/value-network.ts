import type { RandomStream } from '@rppkit/spec';
import type * as tf from '@tensorflow/tfjs';
import type { LearningSpace } from '../learner/learning-space.ts';
import { AgentNetworks, type ResolvedNetworkOptions } from './agent-networks.ts';
import { createRows } from './policy-terms.ts';

/** V of the central state: one critic for all agents. */
export function createCentralCritic(
  space: LearningSpace,
  options: ResolvedNetworkOptions,
  random: RandomStream,
): AgentNetworks {
  // The state begins with the observation, so that blocks of its layout stand in both.
  const inputs = space.stateSize;
  return new AgentNetworks({ ...space, agents: ['critic'] }, { critic: 1 }, options, { inputs, outputGain: 1, random });
}

/** V^i of the observation: one critic an agent. */
export function createIndependentCritics(
  space: LearningSpace,
  options: ResolvedNetworkOptions,
  random: RandomStream,
): AgentNetworks {
  const outputs = Object.fromEntries(space.agents.map((agent) => [agent, 1]));
  return new AgentNetworks(space, outputs, options, { inputs: space.observationSize, outputGain: 1, random });
}

/** What critics with one output say of rows `[rows, width]`, `[rows]` for each. */
export function applyCritics(critics: AgentNetworks, rows: Float32Array, width: number): readonly tf.Tensor1D[] {
  return critics.apply(createRows(rows, width)).map((values) => values.squeeze<tf.Tensor1D>([1]));
}

/** The same as arrays, without a gradient. */
export function computeValues(critics: AgentNetworks, rows: Float32Array, width: number): readonly Float32Array[] {
  return applyCritics(critics, rows, width).map((values) => values.dataSync<'float32'>());
}
