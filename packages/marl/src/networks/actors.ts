import type { RandomStream } from '@rppkit/spec';
import type { LearningSpace } from '../learner/learning-space.ts';
import { AgentNetworks, type ResolvedNetworkOptions } from './agent-networks.ts';

/** Decentralised actors: a logit for each action of each agent, from the observation. */
export function createActors(
  space: LearningSpace,
  options: ResolvedNetworkOptions,
  random: RandomStream,
): AgentNetworks {
  // Nearly uniform first policies, whatever the observation.
  return new AgentNetworks(space, space.actionCounts, options, {
    inputs: space.observationSize,
    outputGain: 0.01,
    random,
  });
}

/** Copies an action of an actor, so that parent and child share the parent's probability in halves. */
export const sharedMass: number = Math.LN2;
