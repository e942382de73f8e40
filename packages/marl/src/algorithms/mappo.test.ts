import { selectBackend } from '@rppkit/backend';
import { createPolicy, createPolicyFile } from '@rppkit/policy';
import { createRandomStream, type Rollout } from '@rppkit/spec';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MarlLearner } from '../learner/create-learner.ts';
import type { LearnerState } from '../learner/learner-state.ts';
import type { LearningSpace } from '../learner/learning-space.ts';
import { splitMinibatches } from '../optimization/split-minibatches.ts';
import { createOneStepRollout } from '../testing/scripted-rollout.ts';
import { createIppo } from './ippo.ts';
import { createMaa2c } from './maa2c.ts';
import { createMappo } from './mappo.ts';
import type { PpoOptions } from './ppo-options.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

const agents = ['role', 'format'] as const;
const space: LearningSpace = { agents, observationSize: 2, stateSize: 2, actionCounts: { role: 3, format: 2 } };
const defaults = { random: createRandomStream(5), hiddenSizes: [8], actorLearningRate: 0.03 };
const rows = {
  observations: [
    [1, 0],
    [0, 1],
    [1, 1],
    [-1, 2],
    [2, -1],
  ],
  actions: { role: [0, 1, 2, 1, 0], format: [0, 1, 1, 0, 0] },
  rewards: [1, 0, 0.5, -1, 0.25],
};
type Rows = typeof rows;
const weightsOf = (learner: MarlLearner): number[][] => learner.save().tensors.map(({ values }) => [...values]);

/** A rollout that stores what the learner gives the actions now, times `factors[row]`. */
function createRollout(learner: MarlLearner, { observations, actions, rewards }: Rows, factors?: number[]): Rollout {
  const rollout = createOneStepRollout({ observations, actions, rewards });
  const step = rollout.steps[0]!;
  const names = Object.entries(learner.actionCounts).map(([agent, count]) => [
    agent,
    Array.from({ length: count }, (_, index) => `${agent}/${index}`),
  ]);
  const file = createPolicyFile({
    observationSize: 2,
    networks: learner.exportNetworks(),
    actions: Object.fromEntries(names),
  });
  const probabilities = createPolicy(file).probabilities(step.observations);
  const logProbabilities = Object.fromEntries(
    agents.map((agent) => [
      agent,
      Float32Array.from(actions[agent], (action, row) =>
        Math.log(probabilities[agent]![row * learner.actionCounts[agent]! + action]! * (factors?.[row] ?? 1)),
      ),
    ]),
  );
  return { ...rollout, steps: [{ ...step, logProbabilities }] };
}

const pick = ({ observations, actions, rewards }: Rows, chosen: readonly number[]): Rows => ({
  observations: chosen.map((row) => observations[row]!),
  actions: { role: chosen.map((row) => actions.role[row]!), format: chosen.map((row) => actions.format[row]!) },
  rewards: chosen.map((row) => rewards[row]!),
});

describe.each([
  ['MAPPO', createMappo],
  ['IPPO', createIppo],
] as const)('%s', (name, createLearner) => {
  const create = (options: Partial<PpoOptions> = {}): MarlLearner => createLearner(space, { ...defaults, ...options });

  it('has the gradient of A2C where the ratio is 1: numbers by hand', async () => {
    const learner = createLearner(
      { agents: ['a'], observationSize: 1, stateSize: 1, actionCounts: { a: 2 } },
      {
        ...defaults,
        hiddenSizes: [],
        epochs: 1,
        entropyCoefficient: 0,
        normalizeAdvantages: false,
        normalizeValues: false,
        maxGradientNorm: 10,
      },
    );
    const state = learner.save();
    for (const { values } of state.tensors) values.fill(0);
    learner.load(state);
    const rollout = createOneStepRollout({ observations: [[1], [1]], actions: { a: [0, 1] }, rewards: [1, 0] });
    const logProbabilities = { a: new Float32Array(2).fill(-Math.LN2) };
    const metrics = await learner.update({ ...rollout, steps: [{ ...rollout.steps[0]!, logProbabilities }] });
    // V = 0, so A = (1, 0). By the logits: -A (onehot - pi) / 2 = (-0.25, 0.25) of row 0, 0 of row 1; kernel and bias alike.
    expect(metrics['train/policy_loss']).toBeCloseTo(-0.5, 6);
    expect(metrics['train/actor_gradient_norm']).toBeCloseTo(0.5, 6);
    const moments = learner.save().tensors.slice(4);
    for (const index of [0, 2]) {
      // 0.1 times the gradient.
      expect(moments[index]!.values[0]).toBeCloseTo(-0.025, 6);
      expect(moments[index]!.values[1]).toBeCloseTo(0.025, 6);
    }
    // (1 + 0) / 2; 2 (-1 + 0) / 2 by the value, for kernel and bias.
    expect(metrics['train/value_loss']).toBeCloseTo(0.5, 6);
    expect(metrics['train/critic_gradient_norm']).toBeCloseTo(Math.SQRT2, 6);
    expect(metrics['train/entropy_loss']).toBeCloseTo(-Math.LN2, 6);
    expect(metrics['train/approx_kl']).toBeCloseTo(0, 9);
    expect(metrics['train/clip_fraction']).toBe(0);
    learner.dispose();
  });

  it('gets no policy gradient from rows that have gained enough, and the whole one from those that have lost', async () => {
    // Both critics say 0.
    const options = {
      epochs: 1,
      entropyCoefficient: 0,
      normalizeAdvantages: false,
      criticLearningRate: 0,
      hiddenSizes: [],
    };
    const measure = async (rewards: number[], factors: number[]): Promise<boolean> => {
      const learner = create(options);
      const state = learner.save();
      for (const { values } of state.tensors) values.fill(0);
      learner.load(state);
      const metrics = await learner.update(createRollout(learner, { ...rows, rewards }, factors));
      expect(metrics['train/clip_fraction']).toBe(1);
      const moved = learner
        .exportNetworks()
        .some(({ layers }) =>
          layers.some((layer) => layer.kind === 'dense' && layer.kernel.some((value) => value !== 0)),
        );
      learner.dispose();
      return moved;
    };
    const [twice, half] = [new Array<number>(5).fill(0.5), new Array<number>(5).fill(2)];
    const [good, bad] = [
      [1, 2, 1, 3, 1],
      [-1, -2, -1, -3, -1],
    ];
    expect(await measure(good, twice)).toBe(false);
    expect(await measure(bad, half)).toBe(false);
    expect(await measure(good, half)).toBe(true);
    expect(await measure(bad, twice)).toBe(true);
  });

  it('learns from a minibatch as from a rollout of its rows', async () => {
    // A critic that stays gives the same advantages in both rollouts.
    const options = { epochs: 1, criticLearningRate: 0, normalizeAdvantages: false, normalizeValues: false };
    const whole = create({ ...options, minibatches: 2 });
    const parts = create(options);
    const rollout = createRollout(whole, rows);
    const metrics = await whole.update(rollout);
    expect(whole.save().optimizerSteps).toEqual([2, 2]);
    const stream = defaults.random.split('minibatches').split(0).split(0);
    const losses: number[] = [];
    const before = create(options);
    for (const chosen of splitMinibatches(5, 2, stream)) {
      const part = await parts.update(createRollout(before, pick(rows, chosen)));
      losses.push(part['train/policy_loss']!);
    }
    for (const [index, values] of weightsOf(parts).entries()) {
      for (const [at, value] of values.entries()) expect(weightsOf(whole)[index]![at]).toBeCloseTo(value, 6);
    }
    expect(metrics['train/policy_loss']).toBeCloseTo((3 * losses[0]! + 2 * losses[1]!) / 5, 6);
  });

  it('draws minibatches from its stream and the number of updates alone', async () => {
    const options = { minibatches: 3 };
    const [first, second] = [create(options), create(options)];
    const other = create({ ...options, random: createRandomStream('other') });
    other.load(first.save());
    const rollout = createRollout(first, rows);
    const metrics = await first.update(rollout);
    expect(await second.update(rollout)).toEqual(metrics);
    await other.update(rollout);
    expect(second.save()).toEqual(first.save());
    expect(other.save()).not.toEqual(first.save());
    // Without minibatches nothing is drawn.
    const [one, another] = [create(), create({ random: createRandomStream('other') })];
    another.load(one.save());
    await one.update(rollout);
    await another.update(rollout);
    expect(another.save()).toEqual(one.save());
  });

  it('makes a step of every optimiser for each minibatch of each epoch', async () => {
    const learner = create({ epochs: 3, minibatches: 2 });
    const metrics = await learner.update(createRollout(learner, rows));
    expect(learner.save().optimizerSteps).toEqual([6, 6]);
    expect(metrics['train/n_updates']).toBe(1);
  });

  it('makes no step once the divergence exceeds 1.5 times its target', async () => {
    const learner = create({ actorLearningRate: 0.3, targetKl: 0.01, epochs: 10 });
    const metrics = await learner.update(createRollout(learner, rows));
    const [steps] = learner.save().optimizerSteps;
    expect(steps).toBeGreaterThanOrEqual(1);
    expect(steps).toBeLessThan(10);
    expect(metrics['train/approx_kl']).toBeGreaterThan(0.015);
    // From probabilities half of those that are stored: 2 agents of 0.5 - 1 + log 2 = 0.193147.
    const stale = create({ targetKl: 0.25 });
    const before = weightsOf(stale);
    const stopped = await stale.update(createRollout(stale, rows, [2, 2, 2, 2, 2]));
    expect(stopped['train/approx_kl']).toBeCloseTo(0.386294, 5);
    expect(stopped['train/learning_rate']).toBe(0.03);
    expect(weightsOf(stale)).toEqual(before);
    const allowed = create({ targetKl: 0.26, epochs: 1 });
    await allowed.update(createRollout(allowed, rows, [2, 2, 2, 2, 2]));
    expect(allowed.save().optimizerSteps).toEqual([1, 1]);
  });

  it('takes back the running numbers, weights and steps of an update that fails in its second epoch', async () => {
    const learner = create({ epochs: 2, minibatches: 2, actorLearningRate: { from: 0.01, to: 1e30, updates: 1 } });
    await learner.update(createRollout(learner, rows));
    const rollout = createRollout(learner, { ...rows, rewards: [9, 7, 8, 6, 5] });
    const before = learner.save();
    const { numTensors } = tf.memory();
    await expect(learner.update(rollout)).rejects.toMatchObject({ code: 'NON_FINITE_GRADIENT', network: 'actor' });
    expect(learner.save()).toEqual(before);
    expect(tf.memory().numTensors).toBe(numTensors);
    learner.dispose();
  });

  it('continues from a saved state as if it had never stopped, running numbers included', async () => {
    const options = { minibatches: 2, entropyCoefficient: { from: 0.1, to: 0.01, updates: 4 } };
    const whole = create(options);
    await whole.update(createRollout(whole, rows));
    const saved = structuredClone(whole.save());
    // Another rollout, so that running numbers that were lost would show.
    const rollout = createRollout(whole, { ...rows, rewards: [3, 9, 1, 4, 2] });
    await whole.update(rollout);
    const resumed = create(options);
    resumed.load(saved);
    await resumed.update(rollout);
    expect(resumed.save()).toEqual(whole.save());
    expect(whole.save().extra).not.toEqual(saved.extra);
  });

  it('refuses the state of a learner of other value scales, and damaged ones, and stays as it was', async () => {
    const learner = create();
    await learner.update(createRollout(learner, rows));
    const before = learner.save();
    const plain = create({ normalizeValues: false });
    const load = (state: LearnerState) => () => learner.load(state);
    expect(load(plain.save())).toThrow(/normalizeValues/);
    expect(() => plain.load(before)).toThrow(/normalizeValues/);
    const { extra: _, ...without } = create({ random: createRandomStream('other') }).save();
    expect(load(without)).toThrow(/valueNormalizers/);
    expect(learner.save()).toEqual(before);
  });

  it('keeps one normaliser a critic', async () => {
    const { extra } = create().save();
    expect((extra as { readonly valueNormalizers: unknown[] }).valueNormalizers.length).toBe(name === 'IPPO' ? 2 : 1);
  });

  it('learns values of any scale and offset where it normalises them', async () => {
    const measure = async (normalizeValues: boolean): Promise<number> => {
      const learner = create({ normalizeValues });
      const rollout = createRollout(learner, { ...rows, rewards: [900, 1000, 950, 1100, 800] });
      let explained = 0;
      for (let update = 0; update < 30; update++) {
        const metrics = await learner.update(rollout);
        explained = metrics['train/explained_variance']!;
      }
      learner.dispose();
      return explained;
    };
    expect(await measure(true)).toBeGreaterThan(0.9);
    expect(await measure(false)).toBeLessThan(0.5);
  });

  it('weighs a rollout from before `widen` by half where the parent was chosen, and refuses one with masks', async () => {
    const learner = create({ epochs: 1 });
    const stale = createRollout(learner, rows);
    learner.widen({ agent: 'role', parent: 1 });
    const metrics = await learner.update(stale);
    // Two of five rows of one of two agents; 0.5 - 1 + log 2 = 0.193147.
    expect(metrics['train/clip_fraction']).toBeCloseTo(0.2, 6);
    expect(metrics['train/approx_kl']).toBeCloseTo(0.4 * 0.193147, 5);
    const step = { ...stale.steps[0]!, actionMasks: { role: new Uint8Array(15).fill(1) } };
    await expect(learner.update({ ...stale, steps: [step] })).rejects.toThrow(/actionMasks\.role/);
  });
});

describe('createMappo', () => {
  it('makes the first update of MAA2C with one epoch, one minibatch and values as they are', async () => {
    const shared = { ...defaults, gaeLambda: 0.9 };
    const ours = createMappo(space, { ...shared, epochs: 1, normalizeValues: false });
    const theirs = createMaa2c(space, shared);
    const rollout = createRollout(ours, rows);
    const metrics = await ours.update(rollout);
    const expected = await theirs.update(rollout);
    for (const figure of [
      'entropy_loss',
      'value_loss',
      'explained_variance',
      'actor_gradient_norm',
      'critic_gradient_norm',
    ]) {
      expect(metrics[`train/${figure}`], figure).toBeCloseTo(expected[`train/${figure}`]!, 5);
    }
    // Normalised advantages have mean 0, and all ratios are 1.
    expect(metrics['train/policy_loss']).toBeCloseTo(0, 6);
    for (const [index, values] of weightsOf(theirs).entries()) {
      for (const [at, value] of values.entries()) expect(weightsOf(ours)[index]![at]).toBeCloseTo(value, 5);
    }
  });

  it('lets its critic read the state', async () => {
    const learner = createMappo(space, defaults);
    const rollout = createRollout(learner, rows);
    const other = createMappo(space, defaults);
    await learner.update(rollout);
    await other.update({ ...rollout, steps: [{ ...rollout.steps[0]!, state: new Float32Array(10).fill(3) }] });
    expect(other.save()).not.toEqual(learner.save());
  });
});
