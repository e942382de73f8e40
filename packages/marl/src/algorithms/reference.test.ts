import { selectBackend } from '@rppkit/backend';
import { createRandomStream, type Rollout } from '@rppkit/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MarlLearner } from '../learner/create-learner.ts';
import type { LearnerState } from '../learner/learner-state.ts';
import { createOneStepRollout } from '../testing/scripted-rollout.ts';
import { createReference, type ReferenceOptions } from './reference.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

const space = { agents: ['role', 'format'], observationSize: 1, stateSize: 1, actionCounts: { role: 2, format: 3 } };

/** Two rows from state 1 to state 2; the first terminates. */
const createRollout = (rewards: readonly number[], finalState = [2, 2]): Rollout => {
  const rollout = createOneStepRollout({
    observations: [[1], [1]],
    actions: { role: [0, 1], format: [2, 0] },
    rewards,
  });
  const [step] = rollout.steps;
  return {
    ...rollout,
    steps: [{ ...step!, terminated: Uint8Array.of(1, 0), truncated: Uint8Array.of(0, 1) }],
    finalState: Float32Array.from(finalState),
  };
};

/** Uniform linear actors, and a critic that says `slope * state`. */
function createLinear(slope: number): MarlLearner {
  const learner = createReference(space, {
    random: createRandomStream(1),
    hiddenSizes: [],
    discount: 0.5,
    criticLearningRate: 0.01,
  });
  const weights = [[0, 0], [0, 0], [0, 0, 0], [0, 0, 0], [slope], [0]];
  const state = learner.save();
  learner.load({
    ...state,
    tensors: state.tensors.map((tensor, index) =>
      index < weights.length ? { ...tensor, values: Float32Array.from(weights[index]!) } : tensor,
    ),
  });
  return learner;
}

async function learn(rollout: Rollout, options: Partial<ReferenceOptions> = {}): Promise<LearnerState> {
  const learner = createReference(space, { random: createRandomStream(1), hiddenSizes: [4], ...options });
  await learner.update(rollout);
  return learner.save();
}

describe('createReference', () => {
  it('has the reversed TD error, one reward for all rows, and no reward in the loss of the critic', async () => {
    const learner = createLinear(2);
    const metrics = await learner.update(createRollout([3, 1]));
    // delta = 0.5 * 2 + (3 + 1) / 2 - 4 in both rows, in the one that terminates too.
    expect(metrics['train/policy_loss']).toBeCloseTo(-1 * (Math.LN2 + Math.log(3)), 5);
    expect(metrics['train/entropy_loss']).toBeCloseTo(-(Math.LN2 + Math.log(3)), 5);
    // (0.5 * 2 - 4)^2, and its gradient 2 * 0.5 * -3 (1, 1): none through V(s').
    expect(metrics['train/value_loss']).toBeCloseTo(9, 5);
    expect(metrics['train/critic_gradient_norm']).toBeCloseTo(3 * Math.SQRT2, 5);
    learner.dispose();
  });

  it('cannot tell which row was rewarded', async () => {
    expect(await learn(createRollout([3, 1]))).toEqual(await learn(createRollout([1, 3])));
    expect(await learn(createRollout([3, 1]))).not.toEqual(await learn(createRollout([3, 2])));
  });

  it('has a critic that rewards do not move, and whose value of a state that stays runs away from 0', async () => {
    // Actors have four tensors each.
    const criticOf = ({ tensors }: LearnerState): unknown => tensors.slice(8, 12);
    expect(criticOf(await learn(createRollout([3, 1])))).toEqual(criticOf(await learn(createRollout([-50, 0]))));
    for (const sign of [1, -1]) {
      const learner = createLinear(sign);
      for (let update = 0; update < 50; update++) await learner.update(createRollout([3, 1], [1, 1]));
      const { tensors } = learner.save();
      // Slope and bias move by 0.01 or more an update.
      expect(sign * (tensors[4]!.values[0]! + tensors[5]!.values[0]!)).toBeGreaterThan(1.9);
      learner.dispose();
    }
  });

  it('has the defaults of the released code', async () => {
    const rollout = createRollout([3, 1]);
    const written = { actorLearningRate: 3e-4, criticLearningRate: 5e-4, discount: 0.95, entropyCoefficient: 0 };
    expect(await learn(rollout, written)).toEqual(await learn(rollout));
    expect(await learn(rollout, { entropyCoefficient: 0.1 })).not.toEqual(await learn(rollout));
  });

  it('refuses a state after a terminated step that is not finite, and stays as it was', async () => {
    const learner = createReference(space, { random: createRandomStream(1) });
    const before = learner.save();
    await expect(learner.update(createRollout([3, 1], [Number.NaN, 2]))).rejects.toThrow(/terminated step/);
    expect(learner.save()).toEqual(before);
    // Nobody learns from that row.
    const { steps, ...rest } = createRollout([3, 1], [Number.NaN, 2]);
    await learner.update({ ...rest, steps: [{ ...steps[0]!, learnable: Uint8Array.of(0, 1) }] });
    expect(learner.save()).not.toEqual(before);
    learner.dispose();
  });

  it('says what it is, and refuses options out of range', () => {
    const create = (options: Partial<ReferenceOptions>) =>
      createReference(space, { random: createRandomStream(1), ...options });
    const { name, capabilities } = create({});
    expect({ name, ...capabilities }).toEqual({
      name: 'reference',
      data: 'on-policy',
      critic: 'central',
      acts: 'policy',
    });
    expect(() => create({ actorLearningRate: -1 })).toThrow(/actorLearningRate/);
    expect(() => create({ discount: 2 })).toThrow(/discount/);
    expect(() => createReference({ ...space, stateSize: 0 }, { random: createRandomStream(1) })).toThrow(/stateSize/);
  });
});
