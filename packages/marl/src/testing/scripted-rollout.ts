import type { ActionMasks, JointActions, Rollout } from '@rppkit/spec';

/** A one-step rollout of terminated episodes from rows written in a test; every agent's action in `actions[agent]`. */
export function createOneStepRollout(options: {
  readonly observations: readonly (readonly number[])[];
  readonly actions: Readonly<Record<string, readonly number[]>>;
  readonly rewards: readonly number[];
  readonly active?: readonly number[];
  readonly learnable?: readonly number[];
  readonly actionMasks?: ActionMasks;
}): Rollout {
  const { observations, rewards } = options;
  const batchSize = rewards.length;
  const flat = Float32Array.from(observations.flat());
  const ones = new Array<number>(batchSize).fill(1);
  const byAgent = Object.entries(options.actions);
  const actions: JointActions = Object.fromEntries(byAgent.map(([agent, values]) => [agent, Int32Array.from(values)]));
  return {
    batchSize,
    steps: [
      {
        observations: flat,
        state: flat,
        actions,
        logProbabilities: Object.fromEntries(byAgent.map(([agent]) => [agent, new Float32Array(batchSize)])),
        rewards: Float32Array.from(rewards),
        terminated: Uint8Array.from(ones),
        truncated: new Uint8Array(batchSize),
        active: Uint8Array.from(options.active ?? ones),
        learnable: Uint8Array.from(options.learnable ?? ones),
        ...(options.actionMasks === undefined ? {} : { actionMasks: options.actionMasks }),
      },
    ],
    finalObservations: flat,
    finalState: flat,
  };
}
