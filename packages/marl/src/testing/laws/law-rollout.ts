import type { Learner, Policy, RandomStream, Rollout, RolloutStep } from '@rppkit/spec';
import type { LearningSpace } from '../../learner/learning-space.ts';

export const lawBatch = 6;

/**
 * Two steps of six episodes that the learner plays under random masks. Row 0 ends after the first step, row 1 is truncated
 * after the second, the call of row 2 fails in the second; the others run on.
 */
export function createLawRollout(learner: Learner, space: LearningSpace, random: RandomStream): Rollout {
  const first = createLawStep(learner, space, random);
  const second = createLawStep(learner, space, random);
  const rows = { batchSize: lawBatch, ...sampleRows(space, random) };
  return {
    batchSize: lawBatch,
    steps: [
      { ...first, terminated: Uint8Array.of(1, 0, 0, 0, 0, 0) },
      {
        ...second,
        truncated: Uint8Array.of(0, 1, 1, 0, 0, 0),
        active: Uint8Array.of(0, 1, 1, 1, 1, 1),
        learnable: Uint8Array.of(0, 1, 0, 1, 1, 1),
      },
    ],
    finalObservations: rows.observations,
    finalState: rows.state,
  };
}

/** One step under random masks in which every row is active, learnable and goes on. */
export function createLawStep(learner: Learner, space: LearningSpace, random: RandomStream): RolloutStep {
  const { observations, state } = sampleRows(space, random);
  const actionMasks = sampleLawMasks(learner, random);
  return {
    observations,
    state,
    actionMasks,
    ...learner.act(observations, { deterministic: false, random, masks: actionMasks }),
    rewards: Float32Array.from({ length: lawBatch }, () => random.normal()),
    terminated: new Uint8Array(lawBatch),
    truncated: new Uint8Array(lawBatch),
    active: new Uint8Array(lawBatch).fill(1),
    learnable: new Uint8Array(lawBatch).fill(1),
  };
}

/** Random masks with at least one legal action a row. */
export function sampleLawMasks({ agents, actionCounts }: Policy, random: RandomStream): Record<string, Uint8Array> {
  return Object.fromEntries(
    agents.map((agent) => {
      const count = actionCounts[agent]!;
      const mask = Uint8Array.from({ length: lawBatch * count }, () => random.integer(2));
      for (let row = 0; row < lawBatch; row++) mask[row * count + random.integer(count)] = 1;
      return [agent, mask];
    }),
  );
}

/** Standard normal observations, and states that begin with them. */
export function sampleRows(
  { observationSize, stateSize }: LearningSpace,
  random: RandomStream,
): { readonly observations: Float32Array; readonly state: Float32Array } {
  const observations = Float32Array.from({ length: lawBatch * observationSize }, () => random.normal());
  const state = Float32Array.from({ length: lawBatch * stateSize }, () => random.normal());
  for (let row = 0; row < lawBatch; row++) {
    state.set(observations.subarray(row * observationSize, (row + 1) * observationSize), row * stateSize);
  }
  return { observations, state };
}
