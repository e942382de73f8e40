import { selectBackend } from '@rppkit/backend';
import { createRandomStream, type Rollout } from '@rppkit/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MarlLearner } from '../learner/create-learner.ts';
import { createOneStepRollout } from '../testing/scripted-rollout.ts';
import { createIa2c, type Ia2cOptions } from './ia2c.ts';
import { createMaa2c } from './maa2c.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

const space = { agents: ['role', 'format'], observationSize: 1, stateSize: 1, actionCounts: { role: 2, format: 3 } };

/** Uniform linear actors; the critic of `role` says `o`, that of `format` `2 o`. */
function createLinear(options: Partial<Ia2cOptions> = {}): MarlLearner {
  const learner = createIa2c(space, {
    random: createRandomStream(1),
    hiddenSizes: [],
    discount: 0.5,
    entropyCoefficient: 0,
    normalizeAdvantages: false,
    ...options,
  });
  const weights = [[0, 0], [0, 0], [0, 0, 0], [0, 0, 0], [1], [0], [2], [0]];
  const state = learner.save();
  learner.load({
    ...state,
    tensors: state.tensors.map((tensor, index) =>
      index < weights.length ? { ...tensor, values: Float32Array.from(weights[index]!) } : tensor,
    ),
  });
  return learner;
}

/** Observations 1 and 2 with the rewards 1 and 3. */
const rollout: Rollout = createOneStepRollout({
  observations: [[1], [2]],
  actions: { role: [0, 1], format: [2, 0] },
  rewards: [1, 3],
});
/** The same, with the first episode cut off at observation 4. The second still terminates. */
const cutRollout: Rollout = {
  ...rollout,
  steps: rollout.steps.map((step) => ({ ...step, terminated: Uint8Array.of(0, 1), truncated: Uint8Array.of(1, 0) })),
  finalObservations: Float32Array.of(4, 100),
};
const withState = (original: Rollout, states: readonly number[]): Rollout => ({
  ...original,
  steps: original.steps.map((step) => ({ ...step, state: Float32Array.from(states) })),
  finalState: Float32Array.from(states),
});

describe('createIa2c', () => {
  it('gives each agent the advantages of its own critic', async () => {
    const metrics = await createLinear().update(rollout);
    // Role: V = 1 and 2, A = 0 and 1. Format: V = 2 and 4, A = -1 and -1.
    expect(metrics['train/policy_loss']).toBeCloseTo(Math.LN2 * 0.5 + Math.log(3) * -1, 5);
    expect(metrics['train/value_loss']).toBeCloseTo(0.5 + 1, 5);
    // Returns 1 and 3 in both; what is left of their variance 1 is 1/4 for role and 0 for format.
    expect(metrics['train/explained_variance']).toBeCloseTo((0.75 + 1) / 2, 5);
    // d(value loss): role -1 (2, 1), format 1 (1, 1) + 1 (2, 1).
    expect(metrics['train/critic_gradient_norm']).toBeCloseTo(Math.sqrt(4 + 1 + 9 + 4), 5);
  });

  it('bootstraps each agent from what its own critic says of the next observation', async () => {
    const metrics = await createLinear().update(cutRollout);
    // Row 0: role 1 + 0.5 * 4 - 1 = 2, format 1 + 0.5 * 8 - 2 = 3. Row 1 as above.
    expect(metrics['train/policy_loss']).toBeCloseTo((Math.LN2 * (2 + 1) + Math.log(3) * (3 - 1)) / 2, 5);
    expect(metrics['train/value_loss']).toBeCloseTo((4 + 1) / 2 + (9 + 1) / 2, 5);
  });

  it('normalises the advantages of each agent by themselves', async () => {
    const metrics = await createLinear({ normalizeAdvantages: true }).update(rollout);
    // Role: -1 and 1, with equal log-probabilities. Format: two equal ones become 0.
    expect(metrics['train/policy_loss']).toBeCloseTo(0, 5);
    // -log pi A by logit: row 0 (-1/2, 1/2) * -A = (1/2, -1/2), row 1 the same. Means: 1/2 for the biases, 1/2 (1 + 2) / 2
    // for the kernel.
    expect(metrics['train/actor_gradient_norm']).toBeCloseTo(Math.sqrt(2 * 0.5 ** 2 + 2 * 0.75 ** 2), 5);
  });

  it('never looks at the central state', async () => {
    const learn = async (create: typeof createIa2c, states: readonly number[]): Promise<unknown> => {
      const learner = create(space, { random: createRandomStream(1), hiddenSizes: [4] });
      const metrics = [];
      for (let update = 0; update < 3; update++) metrics.push(await learner.update(withState(cutRollout, states)));
      return { metrics, state: learner.save() };
    };
    expect(await learn(createIa2c, [5, -7])).toEqual(await learn(createIa2c, [1, 2]));
    // MAA2C does, so the states do differ in what they say.
    expect(await learn(createMaa2c, [5, -7])).not.toEqual(await learn(createMaa2c, [1, 2]));
  });

  it('cannot explain a reward that only the state tells, where MAA2C can', async () => {
    // The reward is the state, 1 or -1; every row has the same observation.
    const told = withState(
      createOneStepRollout({
        observations: [[1], [1], [1], [1]],
        actions: { role: [0, 0, 1, 1], format: [0, 1, 0, 1] },
        rewards: [1, -1, 1, -1],
      }),
      [1, -1, 1, -1],
    );
    const learn = async (create: typeof createIa2c): Promise<Readonly<Record<string, number>>> => {
      const criticLearningRate = { from: 0.1, to: 0.001, updates: 150 };
      const learner = create(space, { random: createRandomStream(1), hiddenSizes: [], criticLearningRate });
      for (let update = 0; update < 150; update++) await learner.update(told);
      return learner.update(told);
    };
    const blind = await learn(createIa2c);
    // Each of the two critics says 0, the mean, and is left with the variance, 1.
    expect(blind['train/value_loss']).toBeCloseTo(2, 3);
    expect(blind['train/explained_variance']).toBeCloseTo(0, 3);
    const central = await learn(createMaa2c);
    expect(central['train/value_loss']).toBeLessThan(0.01);
    expect(central['train/explained_variance']).toBeGreaterThan(0.99);
  });

  it('leaves the critics untouched where an action is added', async () => {
    const learner = createIa2c(space, { random: createRandomStream(1), hiddenSizes: [4] });
    await learner.update(rollout);
    // Actors and critics have four tensors an agent.
    const critics = (): unknown => learner.save().tensors.slice(8, 16);
    const before = critics();
    learner.widen({ agent: 'format', parent: 2 });
    expect(critics()).toEqual(before);
    expect(learner.actionCounts).toEqual({ role: 2, format: 4 });
    await learner.update(rollout);
    expect(critics()).not.toEqual(before);
  });

  it('has one critic an agent, which share hidden layers only with shareParameters', () => {
    const create = (shareParameters: boolean): number =>
      createIa2c(space, { random: createRandomStream(1), hiddenSizes: [4], shareParameters }).save().tensors.length;
    // Apart: kernel and bias of two layers for each of four networks, and two moments for each. Shared, actors and critics
    // alike have one hidden layer of two tensors, then for each agent a bias and a head of two.
    expect(create(false)).toBe(3 * 4 * 4);
    expect(create(true)).toBe(3 * 2 * (2 + 2 * 3));
  });

  it('says what it is, and refuses options out of range', () => {
    const { name, capabilities } = createLinear();
    expect({ name, ...capabilities }).toEqual({
      name: 'ia2c',
      data: 'on-policy',
      critic: 'independent',
      acts: 'policy',
    });
    expect(() => createLinear({ gaeLambda: 1.1 })).toThrow(/gaeLambda/);
    expect(() => createLinear({ discount: -0.1 })).toThrow(/discount/);
    expect(() => createIa2c({ ...space, agents: [] }, { random: createRandomStream(1) })).toThrow(/at least one agent/);
  });
});
