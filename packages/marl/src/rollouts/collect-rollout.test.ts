import {
  createRandomStream,
  type JointActions,
  type Policy,
  type VectorEnvironment,
  type VectorStep,
} from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { collectRollout } from '../index.ts';

/** Two rows: row 0 terminates after one step, row 1 is truncated by a failed call after two. */
function createScriptedEnvironment(received: JointActions[]): VectorEnvironment<string> {
  const states: Pick<VectorStep, 'rewards' | 'terminated' | 'truncated' | 'active' | 'learnable'>[] = [
    {
      rewards: new Float32Array(2),
      terminated: Uint8Array.of(0, 0),
      truncated: Uint8Array.of(0, 0),
      active: Uint8Array.of(1, 1),
      learnable: Uint8Array.of(0, 0),
    },
    {
      rewards: Float32Array.of(1, 2),
      terminated: Uint8Array.of(1, 0),
      truncated: Uint8Array.of(0, 0),
      active: Uint8Array.of(1, 1),
      learnable: Uint8Array.of(1, 1),
    },
    {
      rewards: Float32Array.of(0, 0),
      terminated: Uint8Array.of(1, 0),
      truncated: Uint8Array.of(0, 1),
      active: Uint8Array.of(0, 1),
      learnable: Uint8Array.of(0, 0),
    },
  ];
  let time = 0;
  const describeStep = (): VectorStep<string> => ({
    ...states[time]!,
    observations: Float32Array.of(time, 10 + time),
    state: Float32Array.of(100 + time, 110 + time),
    actionMasks: { role: Uint8Array.of(1, 1, time === 1 ? 0 : 1, 1) },
    infos: [`row 0 at ${time}`, `row 1 at ${time}`],
  });
  return {
    batchSize: 2,
    agents: ['role'],
    observationSize: 1,
    observationLayout: [],
    stateSize: 1,
    actionCounts: { role: 2 },
    reset: async () => {
      time = 0;
      return describeStep();
    },
    step: async (actions) => {
      received.push(actions);
      time += 1;
      return describeStep();
    },
  };
}

const policy: Policy = {
  agents: ['role'],
  observationSize: 1,
  actionCounts: { role: 2 },
  act: (_, { masks }) => ({
    actions: { role: Int32Array.of(0, masks?.['role']?.[2] === 0 ? 1 : 0) },
    logProbabilities: { role: Float32Array.of(-0.5, -0.25) },
  }),
};

describe('collectRollout', () => {
  it('joins what was seen before each action with what followed it, until every row has ended', async () => {
    const received: JointActions[] = [];
    const random = createRandomStream(1);
    const { rollout, steps } = await collectRollout(createScriptedEnvironment(received), policy, { random, seed: 1 });
    expect(received.map(({ role }) => [...role!])).toEqual([
      [0, 0],
      [0, 1],
    ]);
    expect(rollout.steps.map((step) => [[...step.observations], [...step.state], [...step.rewards]])).toEqual([
      [
        [0, 10],
        [100, 110],
        [1, 2],
      ],
      [
        [1, 11],
        [101, 111],
        [0, 0],
      ],
    ]);
    expect(rollout.steps.map((step) => [[...step.active], [...step.learnable], [...step.actions['role']!]])).toEqual([
      [
        [1, 1],
        [1, 1],
        [0, 0],
      ],
      [
        [0, 1],
        [0, 0],
        [0, 1],
      ],
    ]);
    expect([[...rollout.finalObservations], [...rollout.finalState]]).toEqual([
      [2, 12],
      [102, 112],
    ]);
    expect([...rollout.steps[0]!.logProbabilities['role']!]).toEqual([-0.5, -0.25]);
    expect(steps.map(({ infos }) => infos[1])).toEqual(['row 1 at 0', 'row 1 at 1', 'row 1 at 2']);
  });

  it('refuses a policy made for another environment', async () => {
    const collected = collectRollout(
      createScriptedEnvironment([]),
      { ...policy, actionCounts: { role: 3 } },
      { random: createRandomStream(1), seed: 1 },
    );
    await expect(collected).rejects.toThrow(/role \(2 actions\).*role \(3 actions\)/);
  });

  it('throws the reason of its signal', async () => {
    const signal = AbortSignal.abort(new Error('stop'));
    await expect(
      collectRollout(createScriptedEnvironment([]), policy, { random: createRandomStream(1), seed: 1, signal }),
    ).rejects.toThrow('stop');
  });
});
