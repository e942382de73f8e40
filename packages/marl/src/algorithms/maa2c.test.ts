import { selectBackend } from '@rppkit/backend';
import { createPolicy, createPolicyFile } from '@rppkit/policy';
import { createRandomStream } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  createMaa2c,
  DisposedLearnerError,
  type LearnerState,
  type Maa2cOptions,
  type MarlLearner,
  NonFiniteGradientError,
} from '../index.ts';
import { createOneStepRollout } from '../testing/scripted-rollout.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

const space = { agents: ['role', 'format'], observationSize: 2, stateSize: 2, actionCounts: { role: 3, format: 2 } };
const create = (options: Partial<Maa2cOptions> = {}): MarlLearner =>
  createMaa2c(space, { random: createRandomStream(5), hiddenSizes: [8], actorLearningRate: 0.03, ...options });
const rows = {
  observations: [
    [1, 0],
    [0, 1],
    [1, 1],
    [-1, 2],
  ],
  actions: { role: [0, 1, 2, 1], format: [0, 1, 1, 0] },
  rewards: [1, 0, 0.5, -1],
};
const weightsOf = (learner: MarlLearner): number[][] => learner.save().tensors.map(({ values }) => [...values]);
const probabilitiesOf = (learner: MarlLearner, observations: Float32Array): Record<string, Float32Array> => {
  const actions = Object.fromEntries(
    Object.entries(learner.actionCounts).map(([agent, count]) => [
      agent,
      Array.from({ length: count }, (_, index) => `${agent}/${index}`),
    ]),
  );
  const file = createPolicyFile({ observationSize: 2, networks: learner.exportNetworks(), actions });
  return createPolicy(file).probabilities(observations);
};

describe('createMaa2c', () => {
  it('starts nearly uniform and the same for the same stream', () => {
    const probabilities = probabilitiesOf(create(), Float32Array.of(3, -3));
    for (const value of probabilities['role']!) expect(Math.abs(value - 1 / 3)).toBeLessThan(0.02);
    expect(weightsOf(create())).toEqual(weightsOf(create()));
    expect(weightsOf(create())).not.toEqual(weightsOf(create({ random: createRandomStream(6) })));
  });

  it('raises what was rewarded above the value of its state and lowers the rest, row by row (method defect 4)', async () => {
    // What pays in one context costs in the other: a reward shared by all rows would be 0 and teach nothing.
    const learner = create();
    const rollout = createOneStepRollout({
      observations: [
        [1, 0],
        [1, 0],
        [0, 1],
        [0, 1],
      ],
      actions: { role: [0, 1, 0, 1], format: [1, 1, 1, 1] },
      rewards: [1, -1, -1, 1],
    });
    for (let update = 0; update < 30; update++) await learner.update(rollout);
    const { role } = probabilitiesOf(learner, Float32Array.of(1, 0, 0, 1));
    expect(role![0]).toBeGreaterThan(role![1]! + 0.3);
    expect(role![4]).toBeGreaterThan(role![3]! + 0.3);
  });

  it('reports the entropy and losses of the policy that acted', async () => {
    const metrics = await create().update(createOneStepRollout(rows));
    // Nearly uniform: log 3 + log 2.
    expect(metrics['train/entropy_loss']).toBeCloseTo(-Math.log(6), 2);
    expect(metrics['train/n_updates']).toBe(1);
    expect(metrics['train/usable_rows']).toBe(4);
  });

  it('learns the same whether rows without a reward are in the batch or not, even with NaN in them', async () => {
    const whole = create();
    const part = create();
    await whole.update(
      createOneStepRollout({
        observations: [...rows.observations, [Number.NaN, 7], [5, 5]],
        actions: { role: [...rows.actions.role, 2, 0], format: [...rows.actions.format, 0, 1] },
        rewards: [...rows.rewards, Number.NaN, 100],
        learnable: [1, 1, 1, 1, 0, 1],
        active: [1, 1, 1, 1, 1, 0],
      }),
    );
    await part.update(createOneStepRollout(rows));
    expect(weightsOf(whole)).toEqual(weightsOf(part));
  });

  it('changes nothing where no row carries a reward', async () => {
    const learner = create();
    const before = weightsOf(learner);
    const metrics = await learner.update(createOneStepRollout({ ...rows, learnable: [0, 0, 0, 0] }));
    expect(metrics).toEqual({ 'train/n_updates': 0, 'train/usable_rows': 0 });
    expect(weightsOf(learner)).toEqual(before);
  });

  it('never chooses an illegal action and refuses to learn from one', async () => {
    const learner = create();
    const masks = { role: Uint8Array.of(0, 1, 0, 1, 0, 1, 0, 0, 1, 1, 1, 1), format: new Uint8Array(8).fill(1) };
    const random = createRandomStream(1);
    const observations = Float32Array.from(rows.observations.flat());
    for (let draw = 0; draw < 50; draw++) {
      const { actions } = learner.act(observations, { deterministic: draw === 0, random, masks });
      for (let row = 0; row < 4; row++) expect(masks.role[3 * row + actions['role']![row]!]).toBe(1);
    }
    await expect(learner.update(createOneStepRollout({ ...rows, actionMasks: masks }))).rejects.toThrow(
      /action of role in row 0/,
    );
    await learner.update(
      createOneStepRollout({ ...rows, actions: { ...rows.actions, role: [1, 2, 2, 1] }, actionMasks: masks }),
    );
    const none = { ...masks, role: new Uint8Array(12) };
    expect(() => learner.act(observations, { deterministic: true, random, masks: none })).toThrow(/none in row 0/);
  });

  it('acts as the exported policy does: same actions, log-probabilities to 1e-6', async () => {
    const learner = create({ actorLearningRate: 0.1 });
    for (let update = 0; update < 5; update++) await learner.update(createOneStepRollout(rows));
    const file = createPolicyFile({
      observationSize: 2,
      networks: learner.exportNetworks(),
      actions: { role: ['a', 'b', 'c'], format: ['d', 'e'] },
    });
    const stream = createRandomStream('observations');
    const observations = Float32Array.from({ length: 400 }, () => stream.normal());
    for (const deterministic of [true, false]) {
      const trained = learner.act(observations, { deterministic, random: createRandomStream(2) });
      const served = createPolicy(file).act(observations, { deterministic, random: createRandomStream(2) });
      expect(served.actions).toEqual(trained.actions);
      for (const [index, value] of served.logProbabilities['role']!.entries()) {
        expect(Math.abs(value - trained.logProbabilities['role']![index]!)).toBeLessThan(2e-6);
      }
    }
  });

  it('continues from a saved state as if it had never stopped', async () => {
    const schedule = { from: 0.1, to: 0.01, updates: 4 };
    const whole = create({ entropyCoefficient: schedule });
    await whole.update(createOneStepRollout(rows));
    const saved = structuredClone(whole.save());
    await whole.update(createOneStepRollout(rows));
    const resumed = create({ entropyCoefficient: schedule, random: createRandomStream('other') });
    resumed.load(saved);
    await resumed.update(createOneStepRollout(rows));
    expect(resumed.save()).toEqual(whole.save());
    expect(() => create({ hiddenSizes: [7] }).load(saved)).toThrow(/same architecture/);
  });

  it('keeps no array of a loaded state: what the caller does to it later changes nothing', () => {
    const learner = create();
    const saved = create({ random: createRandomStream('other') }).save();
    learner.load(saved);
    const loaded = learner.save();
    for (const { values } of saved.tensors) values.fill(9);
    expect(learner.save()).toEqual(loaded);
  });

  it.each<[string, RegExp, (state: LearnerState) => LearnerState]>([
    [
      'with a tensor cut short',
      /tensors\[30\]\.values/,
      // One of the last of 36, so that others would be assigned before.
      ({ tensors, ...state }) => ({
        ...state,
        tensors: tensors.map(({ shape, values }, index) => ({
          shape,
          values: index === 30 ? values.slice(1) : values,
        })),
      }),
    ],
    ['with fewer tensors', /same architecture/, (state) => ({ ...state, tensors: state.tensors.slice(1) })],
    ['with a negative number of updates', /state\.updates/, (state) => ({ ...state, updates: -1 })],
    ['with NaN steps', /optimizerSteps\[0\]/, (state) => ({ ...state, optimizerSteps: [Number.NaN, 1] })],
    ['with fractional steps', /optimizerSteps\[1\]/, (state) => ({ ...state, optimizerSteps: [1, 0.5] })],
  ])('refuses a state %s and stays as it was', (_, message, damage) => {
    const learner = create();
    const before = learner.save();
    const other = create({ random: createRandomStream('other') });
    expect(() => learner.load(damage(other.save()))).toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', message: expect.stringMatching(message) }),
    );
    expect(learner.save()).toEqual(before);
  });

  it('stays as it was, without a leaked tensor, where an update cannot be computed', async () => {
    const learner = create({ normalizeAdvantages: false });
    await learner.update(createOneStepRollout(rows));
    const before = learner.save();
    const { numTensors } = tf.memory();
    // The square of 1e30 overflows float32 in the gradient of the critic, and of the actors too with such an advantage.
    const huge = learner.update(createOneStepRollout({ ...rows, rewards: [1e30, 0, 0, 0] }));
    await expect(huge).rejects.toThrow(NonFiniteGradientError);
    await expect(huge).rejects.toMatchObject({ code: 'NON_FINITE_GRADIENT', network: 'actor' });
    // Normalised, the advantages are finite, so the gradients of the actors are too: only the critic fails.
    const normalized = create();
    const start = normalized.save();
    const { numTensors: started } = tf.memory();
    await expect(normalized.update(createOneStepRollout({ ...rows, rewards: [1e30, 0, 0, 0] }))).rejects.toMatchObject({
      network: 'critic',
    });
    expect(normalized.save()).toEqual(start);
    expect(tf.memory().numTensors).toBe(started);
    normalized.dispose();
    expect(learner.save()).toEqual(before);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it('keeps no tensor alive over 50 updates, nor after dispose', async () => {
    const before = tf.memory().numTensors;
    const learner = create();
    const step = async (): Promise<void> => {
      learner.act(Float32Array.of(1, 2), { deterministic: false, random: createRandomStream(1) });
      await learner.update(createOneStepRollout(rows));
    };
    await step();
    const { numTensors } = tf.memory();
    for (let update = 0; update < 50; update++) await step();
    learner.widen({ agent: 'role', parent: 1 });
    learner.save();
    learner.load(learner.save());
    expect(tf.memory().numTensors).toBe(numTensors);
    learner.dispose();
    learner.dispose();
    expect(tf.memory().numTensors).toBe(before);
    expect(() => learner.act(Float32Array.of(1, 2), { deterministic: true, random: createRandomStream(1) })).toThrow(
      DisposedLearnerError,
    );
    await expect(learner.update(createOneStepRollout(rows))).rejects.toThrow(DisposedLearnerError);
  });

  it('refuses wrong shapes, rewards that are not finite and options out of range', async () => {
    const learner = create();
    const update = (changed: object): Promise<unknown> => {
      const rollout = createOneStepRollout(rows);
      return learner.update({ ...rollout, steps: [{ ...rollout.steps[0]!, ...changed }] });
    };
    await expect(update({ observations: new Float32Array(7) })).rejects.toThrow(
      /observations to be an array of length 8/,
    );
    await expect(update({ actions: { role: new Int32Array(4) } })).rejects.toThrow(/actions.format/);
    await expect(update({ rewards: Float32Array.of(1, 2, Number.NaN, 4) })).rejects.toThrow(/reward of row 2/);
    await expect(learner.update({ ...createOneStepRollout(rows), steps: [] })).rejects.toThrow(/at least one step/);
    expect(() => learner.act(new Float32Array(3), { deterministic: true, random: createRandomStream(1) })).toThrow(
      /\[batch, 2\]/,
    );
    expect(() => create({ discount: 1.1 })).toThrow(/discount/);
    expect(() => create({ actorLearningRate: -1 })).toThrow(/actorLearningRate/);
    const createFor = (changed: object): MarlLearner =>
      createMaa2c({ ...space, ...changed }, { random: createRandomStream(1) });
    expect(() => createFor({ actionCounts: { role: 3 } })).toThrow(/actionCounts.format/);
    expect(() => createFor({ actionCounts: { role: 3, format: 0 } })).toThrow(/actionCounts.format/);
    expect(() => createFor({ agents: [] })).toThrow(/at least one agent/);
    expect(() => createFor({ agents: ['role', 'format', 'role'] })).toThrow(/different names/);
    expect(() => createFor({ observationSize: 0 })).toThrow(/observationSize/);
    expect(() => createFor({ stateSize: 0 })).toThrow(/stateSize/);
  });

  it('does not move the actors for the advantage of a single row when normalising', async () => {
    const learner = create({ entropyCoefficient: 0 });
    const before = learner.exportNetworks();
    const metrics = await learner.update(createOneStepRollout({ ...rows, learnable: [1, 0, 0, 0] }));
    expect(metrics['train/usable_rows']).toBe(1);
    expect(metrics['train/actor_gradient_norm']).toBe(0);
    expect(learner.exportNetworks()).toEqual(before);
  });
});

describe('widen', () => {
  it('splits the mass of the parent and leaves every other probability alone', async () => {
    const learner = create({ actorLearningRate: 0.1 });
    for (let update = 0; update < 5; update++) await learner.update(createOneStepRollout(rows));
    const observations = Float32Array.of(1, 2, -1, 0.5);
    const before = probabilitiesOf(learner, observations);
    learner.widen({ agent: 'role', parent: 1 });
    expect(learner.actionCounts).toEqual({ role: 4, format: 2 });
    const after = probabilitiesOf(learner, observations);
    for (let row = 0; row < 2; row++) {
      const [first, parent, last] = before['role']!.subarray(3 * row);
      for (const [index, expected] of [first!, parent! / 2, last!, parent! / 2].entries()) {
        expect(after['role']![4 * row + index]).toBeCloseTo(expected, 6);
      }
    }
    expect(after['format']).toEqual(before['format']);
  });

  it('may make another action the most probable one', async () => {
    const learner = create({ actorLearningRate: 0.1 });
    const rollout = createOneStepRollout({ ...rows, actions: { ...rows.actions, role: [1, 0, 2, 0] } });
    await learner.update(rollout);
    const observations = Float32Array.of(1, 0);
    const choose = (): number =>
      learner.act(observations, { deterministic: true, random: createRandomStream(1) }).actions['role']![0]!;
    const before = choose();
    const probability = probabilitiesOf(learner, observations)['role']![before]!;
    const next = Math.max(...probabilitiesOf(learner, observations)['role']!.filter((_, action) => action !== before));
    // Otherwise the test shows nothing.
    expect(next).toBeGreaterThan(probability / 2);
    learner.widen({ agent: 'role', parent: before });
    expect(choose()).not.toBe(before);
    expect(choose()).toBeLessThan(3);
  });

  it('leaves the critic untouched and lets parent and child learn apart', async () => {
    const learner = create();
    await learner.update(createOneStepRollout(rows));
    const isCritic = (index: number): boolean => index >= 8 && index < 12;
    const before = weightsOf(learner).filter((_, index) => isCritic(index));
    learner.widen({ agent: 'role', parent: 1 });
    expect(weightsOf(learner).filter((_, index) => isCritic(index))).toEqual(before);
    const rollout = createOneStepRollout({ ...rows, actions: { ...rows.actions, role: [3, 1, 2, 1] } });
    for (let update = 0; update < 20; update++) await learner.update(rollout);
    // Action 3 got the reward 1, its parent 0 and -1.
    const { role } = probabilitiesOf(learner, Float32Array.of(1, 0));
    expect(role![3]).toBeGreaterThan(role![1]! + 0.1);
  });

  it('refuses agents and parents that do not exist', () => {
    expect(() => create().widen({ agent: 'rolle', parent: 0 })).toThrow(/role, format/);
    expect(() => create().widen({ agent: 'role', parent: 3 })).toThrow(/below 3/);
  });
});
