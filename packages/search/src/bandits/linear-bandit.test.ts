import {
  type AgentNetwork,
  createPolicy,
  createPolicyFile,
  type DenseLayer,
  decodePolicy,
  encodePolicy,
} from '@rppkit/policy';
import { createRandomStream, InvalidArgumentError, RppError } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createEpsilonGreedyBandit } from './epsilon-greedy.ts';
import { createRollout, dot, fitDense, listChoices, sampleRows, space } from './example-problem.fixture.ts';
import { createRidgeBandit } from './ridge-bandit.ts';

const random = createRandomStream('linear bandit');
const penalties = { penalty: 0.5, contextPenalty: 2 };
/** The only layer of a linear network. */
const readLayer = ({ layers }: AgentNetwork): DenseLayer => layers[0] as DenseLayer;
const actNow = { deterministic: true, random };

describe.each([
  { squares: false, pairs: false },
  { squares: true, pairs: false },
  { squares: false, pairs: true },
  { squares: true, pairs: true },
])('a bandit with %o', (features) => {
  const rows = sampleRows(40, random.split('rows'));
  const bandit = createRidgeBandit(space, { ...features, ...penalties, refitGrowth: 0 });
  const dense = fitDense(rows, { ...features, ...penalties });
  const names = { role: ['r0', 'r1'], format: ['f0', 'f1', 'f2'] };

  it('learns the weights that dense normal equations give, from several updates', async () => {
    const part = (from: number, to: number) =>
      createRollout({
        observations: rows.observations.slice(from, to),
        actions: rows.actions.slice(from, to),
        rewards: rows.rewards.slice(from, to),
      });
    await bandit.update(part(0, 10));
    await bandit.update(part(10, 40));
    const policy = createPolicy(
      decodePolicy(
        encodePolicy(
          createPolicyFile({
            observationSize: 2,
            networks: bandit.exportNetworks(),
            pairs: bandit.exportPairs(),
            actions: names,
          }),
        ),
      ),
    );
    const tests = sampleRows(30, random.split('tests')).observations;
    for (const observation of tests) {
      const scores = policy.scoreJointActions(Float32Array.from(observation));
      const expected = listChoices().map((choice) => dot(dense.weights, dense.computeFeatures(observation, choice)));
      for (const [joint, value] of expected.entries()) expect(scores[joint]).toBeCloseTo(value, 5);
      // The saved file chooses what the bandit and the dense model do.
      const observations = Float32Array.from(observation);
      const best = listChoices()[expected.indexOf(Math.max(...expected))]!;
      for (const { actions } of [bandit.act(observations, actNow), policy.act(observations, actNow)]) {
        expect([actions['role']![0], actions['format']![0]]).toEqual(best);
      }
    }
  });

  it('chooses the best of the legal joint actions, and of those that are offered', () => {
    const observation = [0.3, -1.2];
    const score = (choice: readonly number[]) => dot(dense.weights, dense.computeFeatures(observation, choice));
    const choose = (isOffered: (choice: readonly number[]) => boolean) =>
      listChoices()
        .filter(isOffered)
        .reduce((best, choice) => (score(choice) > score(best) ? choice : best));
    const best = choose(() => true);
    const masks = { format: Uint8Array.from([0, 1, 2], (action) => (action === best[1] ? 0 : 1)) };
    const masked = bandit.act(Float32Array.from(observation), { ...actNow, masks }).actions;
    expect([masked['role']![0], masked['format']![0]]).toEqual(choose((choice) => choice[1] !== best[1]));
    const jointActions = Int32Array.of(1, 3);
    const offered = bandit.act(Float32Array.from(observation), { ...actNow, jointActions }).actions;
    expect([offered['role']![0], offered['format']![0]]).toEqual(
      choose((choice) => [1, 3].includes(choice[0]! * 3 + choice[1]!)),
    );
  });
});

describe('widening', () => {
  // A fourth format, child of format 1: its constant has feature 15, its weights 16 and 17; those of format 1 start at 9.
  const prior = [
    ...[15, 16, 17].flatMap((child, index) => {
      const parent = 9 + index;
      const penalty = index === 0 ? 0.5 : 2;
      return [
        [parent, parent, penalty],
        [child, parent, -penalty],
        [parent, child, -penalty],
      ] as const;
    }),
  ];

  it('gives the child the weights of its parent, then what its own rows say', async () => {
    const bandit = createRidgeBandit(space, { ...penalties, refitGrowth: 0 });
    const before = sampleRows(30, random.split('before'));
    await bandit.update(createRollout(before));
    bandit.widen({ agent: 'format', parent: 1 });
    expect(bandit.actionCounts).toEqual({ role: 2, format: 4 });
    const layer = readLayer(bandit.exportNetworks()[1]!);
    for (const input of [0, 1]) expect(layer.kernel[input * 4 + 3]).toBe(layer.kernel[input * 4 + 1]);
    expect(layer.bias[3]).toBe(layer.bias[1]);

    const after = sampleRows(20, random.split('after'), [2, 4]);
    await bandit.update(createRollout(after));
    const all = {
      observations: [...before.observations, ...after.observations],
      actions: [...before.actions, ...after.actions],
      rewards: [...before.rewards, ...after.rewards],
    };
    const dense = fitDense(all, { ...penalties, counts: [2, 4], prior });
    const layers = bandit.exportNetworks().map(readLayer);
    for (const [agent, count] of [2, 4].entries()) {
      for (let action = 0; action < count; action++) {
        const start = agent * 6 + action * 3;
        expect(layers[agent]!.bias[action]).toBeCloseTo(dense.weights[start]!, 6);
        for (const input of [0, 1]) {
          expect(layers[agent]!.kernel[input * count + action]).toBeCloseTo(dense.weights[start + 1 + input]!, 6);
        }
      }
    }
  });

  it.each(['role', 'format'])('copies the pairs of a parent of %s', async (agent) => {
    const bandit = createRidgeBandit(space, { ...penalties, pairs: true, refitGrowth: 0 });
    await bandit.update(createRollout(sampleRows(30, random.split('pairs'))));
    const [old] = bandit.exportPairs();
    bandit.widen({ agent, parent: 1 });
    const [pair] = bandit.exportPairs();
    const columns = agent === 'format' ? 4 : 3;
    expect(pair!.scores).toHaveLength(agent === 'format' ? 8 : 9);
    for (const [index, value] of pair!.scores.entries()) {
      const row = Math.min(1, Math.floor(index / columns));
      const column = index % columns === 3 ? 1 : index % columns;
      expect(value).toBe(old!.scores[row * 3 + column]);
    }
    await bandit.update(createRollout(sampleRows(10, random.split('wider'), agent === 'format' ? [2, 4] : [3, 3])));
    expect(bandit.exportPairs()[0]!.scores.every(Number.isFinite)).toBe(true);
  });

  it('leaves the pairs of other agents as they are', async () => {
    const bandit = createRidgeBandit(
      { ...space, agents: ['role', 'format', 'history'], actionCounts: { role: 2, format: 3, history: 2 } },
      { ...penalties, pairs: true },
    );
    const rollout = createRollout(sampleRows(30, random.split('three')));
    const [step] = rollout.steps as [(typeof rollout.steps)[0]];
    const actions = { ...step.actions, history: Int32Array.from(step.rewards, (reward) => (reward > 0.5 ? 1 : 0)) };
    await bandit.update({ ...rollout, steps: [{ ...step, actions }] });
    const before = bandit.exportPairs();
    bandit.widen({ agent: 'history', parent: 0 });
    const after = bandit.exportPairs();
    expect(after.map(({ first, second, scores }) => [first, second, scores.length])).toEqual([
      ['role', 'format', 6],
      ['role', 'history', 6],
      ['format', 'history', 9],
    ]);
    expect(after[0]).toEqual(before[0]);
    expect(after[2]!.scores[5]).toBe(before[2]!.scores[2]);
  });

  it('refuses an agent or a parent that does not exist', () => {
    const bandit = createRidgeBandit(space);
    expect(() => bandit.widen({ agent: 'rolle', parent: 0 })).toThrow('one of role, format');
    expect(() => bandit.widen({ agent: 'role', parent: 2 })).toThrow('an action of role below 2');
  });
});

describe('fits', () => {
  it('come when the rows have grown by the share that was asked for', async () => {
    const bandit = createRidgeBandit(space, { refitGrowth: 1 });
    const fitted: (number | undefined)[] = [];
    for (let update = 0; update < 5; update++) {
      fitted.push((await bandit.update(createRollout(sampleRows(10, random.split(update)))))['train/fitted_rows']);
    }
    // 10 rows, then at 20 and 40.
    expect(fitted).toEqual([10, 20, 20, 40, 40]);
  });

  it('report the error of predictions made before', async () => {
    const bandit = createRidgeBandit(space, { ...penalties, pairs: true, refitGrowth: 0 });
    const first = sampleRows(20, random.split('first'));
    await bandit.update(createRollout(first));
    const dense = fitDense(first, { ...penalties, pairs: true });
    const second = sampleRows(7, random.split('second'));
    const metrics = await bandit.update(createRollout(second));
    const errors = second.rewards.map(
      (reward, row) =>
        (reward -
          dense.mean -
          dot(dense.weights, dense.computeFeatures(second.observations[row]!, second.actions[row]!))) **
        2,
    );
    expect(metrics['train/value_loss']).toBeCloseTo(errors.reduce((sum, error) => sum + error, 0) / 7, 9);
    expect(metrics['train/mean_reward']).toBeCloseTo(second.rewards.reduce((sum, reward) => sum + reward, 0) / 7, 9);
    expect(metrics).toMatchObject({ 'train/n_updates': 2, 'train/usable_rows': 7, 'train/fitted_rows': 27 });
  });
});

describe('a bandit refuses', () => {
  const bandit = createEpsilonGreedyBandit(space);
  const rollout = createRollout(sampleRows(3, random.split('refused')));
  const [step] = rollout.steps as [(typeof rollout.steps)[0]];

  it('rollouts of several steps, with the reason, and of none', async () => {
    await expect(bandit.update({ ...rollout, steps: [step, step] })).rejects.toThrow(
      /rollout.steps to be one step, received 2. A bandit learns from single rounds/,
    );
    await expect(bandit.update({ ...rollout, steps: [] })).rejects.toThrow(InvalidArgumentError);
  });

  it('rows that it cannot learn from, and then has learned nothing', async () => {
    const changed: readonly (readonly [object, string])[] = [
      [{ rewards: Float32Array.of(1, Number.NaN, 1) }, 'rewards'],
      [{ observations: Float32Array.of(1, 1, 1, 1, 1, Number.NaN) }, 'observations'],
      [{ observations: new Float32Array(4) }, 'rollout.observations'],
      [{ observations: new Float32Array(5) }, 'observations'],
      [{ actions: { ...step.actions, format: Int32Array.of(0, 0, 3) } }, 'actions.format'],
      [{ actions: { role: step.actions['role'] } }, 'actions.format'],
    ];
    for (const [change, argument] of changed) {
      await expect(bandit.update({ ...rollout, steps: [{ ...step, ...change }] })).rejects.toMatchObject({ argument });
    }
    expect(await bandit.update(rollout)).toMatchObject({ 'train/n_updates': 1, 'train/fitted_rows': 3 });
  });

  it('masks of other shapes, agents or values, and contexts without an allowed joint action', () => {
    const act = (options: object) => bandit.act(Float32Array.of(1, 2), { ...actNow, ...options });
    expect(() => act({ masks: { rolle: Uint8Array.of(1, 1) } })).toThrow('of the agents role, format');
    expect(() => act({ masks: { role: Uint8Array.of(1) } })).toThrow('length 2');
    expect(() => act({ masks: { role: Uint8Array.of(1, 2) } })).toThrow('made of 0 and 1');
    expect(() => act({ masks: { role: Uint8Array.of(0, 0) } })).toThrow('none in row 0');
    expect(() => act({ masks: { role: Uint8Array.of(0, 1) }, jointActions: Int32Array.of(0) })).toThrow(
      'none in row 0',
    );
    expect(() => act({ jointActions: Int32Array.of(6) })).toThrow('numbers in [0, 6)');
    expect(() => act({ jointActions: Int32Array.of(-1) })).toThrow('numbers in [0, 6)');
  });

  it('spaces and options outside their ranges', () => {
    const create = (changed: object, options = {}) => createRidgeBandit({ ...space, ...changed }, options);
    expect(() => create({ agents: [] })).toThrow('at least one agent');
    expect(() => create({ agents: ['role', 'role'] })).toThrow('different names');
    expect(() => create({ observationSize: 0 })).toThrow('observationSize');
    expect(() => create({ actionCounts: { role: 2 } })).toThrow('actionCounts.format');
    expect(() => create({ actionCounts: { role: 2 ** 11, format: 2 ** 10 } })).toThrow('at most 1048576');
    for (const [name, value] of [
      ['penalty', 0],
      ['contextPenalty', Number.POSITIVE_INFINITY],
      ['refitGrowth', -1],
      ['exploration', -1],
    ] as const) {
      expect(() => create({}, { [name]: value })).toThrow(name);
    }
  });

  it('calls after dispose', () => {
    const disposed = createRidgeBandit(space);
    disposed.dispose();
    expect(() => disposed.exportNetworks()).toThrow(RppError);
    expect(() => disposed.exportPairs()).toThrow(RppError);
  });
});
