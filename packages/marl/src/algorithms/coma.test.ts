import { selectBackend } from '@rppkit/backend';
import { createPolicy, createPolicyFile } from '@rppkit/policy';
import { createRandomStream, type Rollout, type RolloutStep } from '@rppkit/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MarlLearner } from '../learner/create-learner.ts';
import { collectRollout } from '../rollouts/collect-rollout.ts';
import { createBanditEnvironment } from '../testing/bandit-environment.ts';
import { createOneStepRollout } from '../testing/scripted-rollout.ts';
import { type ComaOptions, createComa } from './coma.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

const space = { agents: ['a', 'b'], observationSize: 1, stateSize: 1, actionCounts: { a: 2, b: 2 } };

/** Linear networks: with a single state of 1, a critic is a table with a row for each action of the other agent. */
const create = (options: Partial<ComaOptions> = {}): MarlLearner =>
  createComa(space, {
    random: createRandomStream(5),
    hiddenSizes: [],
    discount: 0.5,
    entropyCoefficient: 0,
    normalizeAdvantages: false,
    ...options,
  });

const tensorsOf = (learner: MarlLearner): Record<string, number[]> =>
  Object.fromEntries(learner.save().tensors.map(({ name, values }) => [name, [...values]]));

/** Sets the tensors named, by their rows, and all others to 0. */
const setTensors = (learner: MarlLearner, rows: Readonly<Record<string, readonly (readonly number[])[]>>): void => {
  const state = learner.save();
  const left = new Set(Object.keys(rows));
  const tensors = state.tensors.map(({ name, shape, values }) => {
    left.delete(name!);
    return { name: name!, shape, values: Float32Array.from(rows[name!]?.flat() ?? values.map(() => 0)) };
  });
  expect([...left]).toEqual([]);
  learner.load({ ...state, tensors });
};

// Rows of a critic's kernel: the state, a's two actions, b's two actions. Its own actions' rows must have no effect.
const own = [
  [100, 100],
  [100, 100],
];
const state = [[0, 0]];
const table = {
  // a plays its second action with probability 3/4, b with 1/2 (or 2/3 below).
  'actor/a/output/0/bias': [[0, Math.log(3)]],
  // Q^a(b, .) is [1, 3] for b = 0 and [5, 2] for b = 1; Q^b(a, .) is [0, 4] for a = 0 and [2, 6] for a = 1.
  'critic/a/output/0/kernel': [...state, ...own, [1, 3], [5, 2]],
  'critic/b/output/0/kernel': [...state, [0, 4], [2, 6], ...own],
  'target/a/output/0/kernel': [...state, ...own, [10, 20], [30, 40]],
  'target/b/output/0/kernel': [...state, [0, 4], [8, 2], ...own],
};
/** a chose 1 and b chose 0, for the reward 1. */
const row = { observations: [[1]], actions: { a: [1], b: [0] }, rewards: [1] };
const change = (changed: Partial<RolloutStep>): Rollout => {
  const rollout = createOneStepRollout(row);
  return { ...rollout, steps: [{ ...rollout.steps[0]!, ...changed }] };
};

describe('createComa', () => {
  it('weighs each log-probability by the counterfactual advantage, which sends no gradient', async () => {
    const learner = create();
    setTensors(learner, table);
    const metrics = await learner.update(createOneStepRollout(row));
    // A^a = 3 - (1/4 · 1 + 3/4 · 3) = 1/2, A^b = 2 - (1/2 · 2 + 1/2 · 6) = -2.
    expect(metrics['train/policy_loss']).toBeCloseTo(-(Math.log(3 / 4) / 2 + Math.log(1 / 2) * -2), 5);
    // (pi - onehot) A, in the biases and, as the observation is 1, in the kernels: ±1/8 twice each for a, ±1 for b.
    expect(metrics['train/actor_gradient_norm']).toBeCloseTo(Math.sqrt(4 / 64 + 4), 5);
    // The episode terminates: (1 - 3)^2 + (1 - 2)^2, with gradients -4 in bias, state and b's row for a and -2 for b.
    expect(metrics['train/value_loss']).toBeCloseTo(5, 5);
    expect(metrics['train/critic_gradient_norm']).toBeCloseTo(Math.sqrt(3 * 16 + 3 * 4), 5);
  });

  it('normalises the advantages of all agents together', async () => {
    const learner = create({ normalizeAdvantages: true });
    setTensors(learner, table);
    // 1/2 and -2 become 1 and -1.
    const metrics = await learner.update(createOneStepRollout(row));
    expect(metrics['train/policy_loss']).toBeCloseTo(-(Math.log(3 / 4) - Math.log(1 / 2)), 5);
  });

  it('counts only legal actions in the baseline', async () => {
    const learner = create();
    setTensors(learner, table);
    // Only action 1 of a is legal, so that its advantage is 0; b's is as before.
    const actionMasks = { a: Uint8Array.of(0, 1), b: Uint8Array.of(1, 1) };
    const metrics = await learner.update(createOneStepRollout({ ...row, actionMasks }));
    expect(metrics['train/policy_loss']).toBeCloseTo(2 * Math.log(1 / 2), 5);
  });

  describe('where no usable step follows', () => {
    const start = (options: Partial<ComaOptions> = {}): MarlLearner => {
      const learner = create(options);
      setTensors(learner, { ...table, 'actor/b/output/0/bias': [[0, Math.log(2)]] });
      return learner;
    };
    // Most probable are 1 of a and 1 of b, so that V^a = 1/4 · 30 + 3/4 · 40 = 37.5 and V^b = 1/3 · 8 + 2/3 · 2 = 4:
    // y^a = 1 + 37.5 / 2 = 19.75 against Q^a = 3, y^b = 1 + 4 / 2 = 3 against Q^b = 2.
    const bootstrapped = 16.75 ** 2 + 1;

    it.each([0, 0.8, 1])(
      'takes what the policies expect beside the most probable actions, for lambda %s',
      async (tdLambda) => {
        const zero = Uint8Array.of(0);
        const truncated = change({ terminated: zero, truncated: Uint8Array.of(1) });
        expect((await start({ tdLambda }).update(truncated))['train/value_loss']).toBeCloseTo(bootstrapped, 3);
        const runsOn = change({ terminated: zero });
        expect((await start({ tdLambda }).update(runsOn))['train/value_loss']).toBeCloseTo(bootstrapped, 3);
      },
    );

    it('obeys the masks of a next step that failed, and reads neither its actions nor its reward', async () => {
      const [first] = change({ terminated: Uint8Array.of(0) }).steps;
      const failed = {
        ...first!,
        actions: { a: Int32Array.of(-1), b: Int32Array.of(99) },
        rewards: Float32Array.of(Number.NaN),
        truncated: Uint8Array.of(1),
        learnable: Uint8Array.of(0),
      };
      const play = async (next: RolloutStep): Promise<number> => {
        const metrics = await start().update({ ...createOneStepRollout(row), steps: [first!, next] });
        return metrics['train/value_loss']!;
      };
      expect(await play(failed)).toBeCloseTo(bootstrapped, 3);
      // Without b's action 1, V^a = 1/4 · 10 + 3/4 · 20 = 17.5 and V^b = 8: y^a = 9.75, y^b = 5.
      const actionMasks = { a: Uint8Array.of(1, 1), b: Uint8Array.of(1, 0) };
      expect(await play({ ...failed, actionMasks })).toBeCloseTo(6.75 ** 2 + 3 ** 2, 3);
    });
  });

  it('takes the target network’s value of the next joint action, mixed with the return by lambda', async () => {
    const [last] = createOneStepRollout({ ...row, actions: { a: [0], b: [1] } }).steps;
    const [first] = change({ terminated: Uint8Array.of(0) }).steps;
    const learner = create({ tdLambda: 0.5 });
    setTensors(learner, table);
    const metrics = await learner.update({ ...createOneStepRollout(row), steps: [first!, last!] });
    // In the last step y = 1 for both. In the first, T^a(b = 1, 0) = 30: y^a = 1 + (30 + 1) / 4 = 8.75 against 3;
    // T^b(a = 0, 1) = 4: y^b = 1 + (4 + 1) / 4 = 2.25 against 2. Q of the last: Q^a(b = 1, 0) = 5, Q^b(a = 0, 1) = 4.
    expect(metrics['train/value_loss']).toBeCloseTo((5.75 ** 2 + 4 ** 2) / 2 + (0.25 ** 2 + 3 ** 2) / 2, 4);
  });

  it('starts with a target equal to the critic, which then moves only when its turn comes', async () => {
    const learner = create({ hiddenSizes: [4], targetUpdate: { every: 3 } });
    const part = (prefix: string): number[][] =>
      Object.entries(tensorsOf(learner))
        .filter(([name]) => name.startsWith(`${prefix}/`) && !name.endsWith('moment'))
        .map(([, values]) => values);
    const start = part('target');
    expect(start.length).toBe(8);
    expect(start).toEqual(part('critic'));
    for (let update = 1; update <= 5; update++) {
      await learner.update(createOneStepRollout(row));
      if (update === 3) expect(part('target')).toEqual(part('critic'));
      else expect(part('target')).not.toEqual(part('critic'));
      if (update < 3) expect(part('target')).toEqual(start);
    }
  });

  it('keeps its turn for the target over save and load', async () => {
    const options = { hiddenSizes: [4], targetUpdate: { every: 2 } };
    const whole = create(options);
    await whole.update(createOneStepRollout(row));
    const resumed = create({ ...options, random: createRandomStream('other') });
    resumed.load(structuredClone(whole.save()));
    for (const learner of [whole, resumed]) {
      for (let update = 0; update < 2; update++) await learner.update(change({ terminated: Uint8Array.of(0) }));
    }
    expect(resumed.save()).toEqual(whole.save());
  });

  it('refuses options out of range', () => {
    expect(() => create({ tdLambda: 1.1 })).toThrow(/tdLambda/);
    expect(() => create({ targetUpdate: { every: 0 } })).toThrow(/targetUpdate\.every/);
    expect(() => create({ discount: -1 })).toThrow(/discount/);
    expect(() => createComa({ ...space, stateSize: 0 }, { random: createRandomStream(1) })).toThrow(/stateSize/);
  });
});

describe('widen', () => {
  it('leaves everything that old joint actions show as it was', async () => {
    const rollout = change({ terminated: Uint8Array.of(0) });
    const update = async (widened: boolean): Promise<number> => {
      const learner = create();
      setTensors(learner, table);
      if (widened) learner.widen({ agent: 'a', parent: 1 });
      return (await learner.update(rollout))['train/value_loss']!;
    };
    // a's old actions have 1/4 and 3/8, its child 3/8 and the value of its parent: V^a is the same, and 1 stays a's best.
    expect(await update(true)).toBeCloseTo(await update(false), 3);
  });

  it('moves the moments of the critic along, and the target', async () => {
    const learner = create();
    setTensors(learner, table);
    for (let update = 0; update < 2; update++) await learner.update(createOneStepRollout(row));
    const before = tensorsOf(learner);
    learner.widen({ agent: 'a', parent: 1 });
    const after = tensorsOf(learner);
    for (const suffix of ['', '/first-moment', '/second-moment']) {
      // b's critic: state, a's two actions and a copy of the second, b's two.
      const rows = before[`critic/b/output/0/kernel${suffix}`]!;
      expect(after[`critic/b/output/0/kernel${suffix}`]).toEqual([
        ...rows.slice(0, 6),
        ...rows.slice(4, 6),
        ...rows.slice(6),
      ]);
      const bias = before[`critic/a/output/0/bias${suffix}`]!;
      expect(after[`critic/a/output/0/bias${suffix}`]).toEqual([...bias, bias[1]]);
    }
    expect(after['target/a/output/0/kernel']!.length).toBe(6 * 3);
    expect(after['target/b/output/0/kernel']!.length).toBe(6 * 2);
    expect(after['actor/a/output/0/bias']!.length).toBe(3);
  });

  it('lets parent and child learn apart', async () => {
    const learner = create({ hiddenSizes: [8], actorLearningRate: 0.03, entropyCoefficient: 0.01 });
    learner.widen({ agent: 'a', parent: 1 });
    const rollout = createOneStepRollout({
      observations: [[1], [1], [1], [1]],
      actions: { a: [0, 1, 2, 2], b: [0, 1, 0, 1] },
      rewards: [0, 0, 1, 1],
    });
    for (let update = 0; update < 60; update++) await learner.update(rollout);
    const networks = learner.exportNetworks();
    const file = createPolicyFile({ observationSize: 1, networks, actions: { a: ['0', '1', '2'], b: ['0', '1'] } });
    const { a } = createPolicy(file).probabilities(Float32Array.of(1));
    expect(a![2]).toBeGreaterThan(a![1]! + 0.3);
  });
});

describe.each([1, 2, 3, 4, 5])('a game that pays only where both agents choose 1, seed %s', (seed) => {
  it('is solved in 60 updates', async () => {
    const environment = createBanditEnvironment({
      batchSize: 16,
      actionCounts: { a: 2, b: 2 },
      observationSize: 1,
      sampleObservation: () => [1],
      reward: (_, actions) => (actions['a'] === 1 && actions['b'] === 1 ? 1 : 0),
      noise: 0.1,
    });
    const random = createRandomStream(seed);
    const learner = createComa(environment, {
      random: random.split('learner'),
      hiddenSizes: [8],
      actorLearningRate: 0.03,
      criticLearningRate: 0.03,
      entropyCoefficient: 0.01,
    });
    for (let update = 0; update < 60; update++) {
      const { rollout } = await collectRollout(environment, learner, {
        random: random.split('acts').split(update),
        seed: update,
      });
      await learner.update(rollout);
    }
    const networks = learner.exportNetworks();
    const file = createPolicyFile({ observationSize: 1, networks, actions: { a: ['0', '1'], b: ['0', '1'] } });
    const { a, b } = createPolicy(file).probabilities(Float32Array.of(1));
    expect(a![1]! * b![1]!).toBeGreaterThan(0.9);
    learner.dispose();
  });
});
