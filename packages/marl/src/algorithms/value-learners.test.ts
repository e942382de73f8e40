import { selectBackend } from '@rppkit/backend';
import { createRandomStream, type Rollout } from '@rppkit/spec';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MarlLearner } from '../learner/create-learner.ts';
import type { LearnerState } from '../learner/learner-state.ts';
import type { RowBatch } from '../rollouts/rollout-batch.ts';
import { createOneStepRollout } from '../testing/scripted-rollout.ts';
import { createQmix } from './qmix.ts';
import type { ValueOptions } from './value-options.ts';
import { createVdn } from './vdn.ts';

beforeAll(async () => {
  await selectBackend(['cpu']);
});

const space = { agents: ['role', 'format'], observationSize: 2, stateSize: 2, actionCounts: { role: 3, format: 2 } };
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
const everything = Float32Array.of(1, 0, 0, 1, 1, 1, -1, 2);
const tensorsOf = (learner: MarlLearner, prefix: string): Record<string, readonly number[]> =>
  Object.fromEntries(
    learner
      .save()
      .tensors.filter(({ name }) => name!.startsWith(prefix) && !name!.endsWith('-moment'))
      .map(({ name, values }) => [name!.slice(prefix.length), [...values]]),
  );
const replayOf = (learner: MarlLearner): readonly RowBatch[] =>
  (learner.save().extra as { replay: readonly RowBatch[] }).replay;
const greedyOf = (learner: MarlLearner): readonly number[] => [
  ...learner.act(everything, { deterministic: true, random: createRandomStream(1) }).actions['role']!,
];

const learners = [
  { name: 'VDN', createLearner: createVdn },
  { name: 'QMIX', createLearner: createQmix },
] as const;

describe.each(learners)('$name', ({ createLearner }) => {
  const create = (options: Partial<ValueOptions> = {}): MarlLearner =>
    createLearner(space, { random: createRandomStream(5), hiddenSizes: [8], learningRate: 0.02, ...options });

  it('learns what each context pays for, row by row', async () => {
    // What pays in one context costs in the other: a reward shared by all rows would be 0 and teach nothing.
    const learner = create();
    const observations = [1, 0, 1, 0, 0, 1, 0, 1];
    const rollout = createOneStepRollout({
      observations: [0, 2, 4, 6].map((at) => observations.slice(at, at + 2)),
      actions: { role: [0, 1, 0, 1], format: [1, 1, 1, 1] },
      rewards: [1, -1, -1, 1],
    });
    for (let update = 0; update < 60; update++) await learner.update(rollout);
    const { actions } = learner.act(Float32Array.of(1, 0, 0, 1), {
      deterministic: true,
      random: createRandomStream(1),
      masks: { role: Uint8Array.of(1, 1, 0, 1, 1, 0) },
    });
    expect([...actions['role']!]).toEqual([0, 1]);
  });

  it('moves its targets by an exact copy after every third update, and not between', async () => {
    const learner = create({ targetUpdate: { every: 3 } });
    const first = tensorsOf(learner, 'target/');
    expect(first).toEqual(tensorsOf(learner, 'values/'));
    let online = first;
    for (let update = 1; update <= 6; update++) {
      await learner.update(createOneStepRollout(rows));
      const moved = tensorsOf(learner, 'values/');
      expect(moved).not.toEqual(online);
      online = moved;
      if (update < 3) expect(tensorsOf(learner, 'target/')).toEqual(first);
      else if (update % 3 === 0) expect(tensorsOf(learner, 'target/')).toEqual(online);
      else expect(tensorsOf(learner, 'target/')).not.toEqual(online);
    }
  });

  it('never lets a number that is not finite into the replay memory', async () => {
    const learner = create();
    const rollout = createOneStepRollout({
      observations: [...rows.observations, [Number.NaN, 7], [5, 5]],
      actions: { role: [...rows.actions.role, 2, 0], format: [...rows.actions.format, 0, 1] },
      rewards: [...rows.rewards, Number.NaN, 100],
      learnable: [1, 1, 1, 1, 0, 1],
      active: [1, 1, 1, 1, 1, 0],
    });
    // All rows terminate, so that what follows may be anything.
    await learner.update({ ...rollout, finalObservations: new Float32Array(12).fill(Number.NaN) });
    const [stored] = replayOf(learner);
    expect(stored!.rowCount).toBe(4);
    for (const field of ['observations', 'states', 'nextObservations', 'nextStates', 'rewards'] as const) {
      expect(stored![field].every(Number.isFinite), field).toBe(true);
    }
    expect([...stored!.rewards]).toEqual(rows.rewards);
  });

  it('learns from rows of earlier updates again, drawn by the number of the update', async () => {
    const learner = create({ batchSize: 2 });
    await learner.update(createOneStepRollout(rows));
    const saved = structuredClone(learner.save());
    const metrics = await learner.update(createOneStepRollout(rows));
    expect(metrics).toMatchObject({ 'train/replay_rows': 8, 'train/usable_rows': 4 });
    // Another stream draws other rows; the same one draws the same, whatever it had drawn before.
    const lossWith = async (random: string): Promise<number> => {
      const other = create({ batchSize: 2, random: createRandomStream(random) });
      other.load(saved);
      return (await other.update(createOneStepRollout(rows)))['train/loss']!;
    };
    expect(await lossWith('a')).toBe(await lossWith('a'));
    expect(new Set([await lossWith('a'), await lossWith('b'), await lossWith('c')]).size).toBeGreaterThan(1);
    const small = create({ replayCapacity: 5 });
    for (let update = 0; update < 3; update++) await small.update(createOneStepRollout(rows));
    expect(replayOf(small).reduce((sum, { rowCount }) => sum + rowCount, 0)).toBe(5);
  });

  it('takes as many gradient steps an update as it is told', async () => {
    const learner = create({ gradientSteps: 3, targetUpdate: { every: 2 } });
    const first = tensorsOf(learner, 'target/');
    await learner.update(createOneStepRollout(rows));
    expect(learner.save().optimizerSteps).toEqual([3]);
    expect(tensorsOf(learner, 'target/')).toEqual(first);
    await learner.update(createOneStepRollout(rows));
    expect(learner.save().optimizerSteps).toEqual([6]);
    expect(tensorsOf(learner, 'target/')).toEqual(tensorsOf(learner, 'values/'));
  });

  it('explores less with every update, and not at all where it is deterministic', async () => {
    const learner = create({ epsilon: { from: 1, to: 0, updates: 2 } });
    const masks = { role: Uint8Array.from(new Array(4).fill([1, 0, 1]).flat()) };
    const logProbabilitiesOf = (): readonly number[] => {
      const random = createRandomStream('act');
      return Array.from({ length: 50 }).flatMap(() => [
        ...learner.act(everything, { deterministic: false, random, masks }).logProbabilities['role']!,
      ]);
    };
    const expectOnly = (...probabilities: readonly number[]): void => {
      const expected = probabilities.map((probability) => Math.fround(Math.log(probability)));
      expect([...new Set(logProbabilitiesOf())].sort((a, b) => a - b)).toEqual(expected);
    };
    expectOnly(0.5);
    expect(await learner.update(createOneStepRollout(rows))).toMatchObject({ 'rollout/exploration_rate': 1 });
    // Rate 0.5: the better of the two legal actions has 0.5 + 0.25.
    expectOnly(0.25, 0.75);
    expect(await learner.update(createOneStepRollout(rows))).toMatchObject({ 'rollout/exploration_rate': 0.5 });
    expectOnly(1);
    const choices = new Set(Array.from({ length: 20 }, () => greedyOf(learner).join()));
    expect(choices.size).toBe(1);
  });

  it('refuses a rollout whose next masks allow nothing, and stays as it was', async () => {
    const learner = create();
    const base = createOneStepRollout(rows);
    const [step] = base.steps as [Rollout['steps'][number]];
    const going = { ...step, terminated: new Uint8Array(4), actionMasks: { role: new Uint8Array(12).fill(1) } };
    await learner.update({ ...base, steps: [going, step] });
    const before = structuredClone(learner.save());
    const blocked = { ...step, learnable: new Uint8Array(4), actionMasks: { role: new Uint8Array(12) } };
    await expect(learner.update({ ...base, steps: [going, blocked] })).rejects.toThrow(
      /nextActionMasks\.role .*at least one action in row 0/,
    );
    expect(learner.save()).toEqual(before);
  });

  it.each<[string, RegExp, unknown]>([
    ['no memory', /state\.extra/, undefined],
    ['no replay memory', /state\.extra\.replay/, { exploration: { role: [1, 1, 1], format: [1, 1] } }],
    ['no exploration', /exploration shares of role/, { replay: [] }],
  ])('refuses a state with %s and stays as it was', async (_, message, extra) => {
    const learner = create();
    await learner.update(createOneStepRollout(rows));
    const before = structuredClone(learner.save());
    const state = { ...create({ random: createRandomStream('other') }).save(), extra } as LearnerState;
    expect(() => learner.load(state)).toThrow(message);
    expect(learner.save()).toEqual(before);
  });

  it.each<[RegExp, Partial<ValueOptions>]>([
    [/learningRate/, { learningRate: -1 }],
    [/discount/, { discount: 1.1 }],
    [/epsilon to be in \[0, 1\], received 1\.5/, { epsilon: { from: 0, to: 1.5, updates: 3 } }],
    [/epsilon to be in \[0, 1\], received 2/, { epsilon: 2 }],
    [/replayCapacity/, { replayCapacity: 0 }],
    [/batchSize/, { batchSize: 1.5 }],
    [/gradientSteps/, { gradientSteps: 0 }],
    [/targetUpdate\.every/, { targetUpdate: { every: 0 } }],
    [/maxGradientNorm/, { maxGradientNorm: 0 }],
    [/adamEpsilon/, { adamEpsilon: 0 }],
    [/hiddenSizes/, { hiddenSizes: [0] }],
  ])('refuses options out of range: %s', (message, options) => {
    expect(() => create(options)).toThrow(message);
  });
});

describe.each(learners)('widening $name', ({ createLearner }) => {
  const create = (options: Partial<ValueOptions> = {}): MarlLearner =>
    createLearner(space, { random: createRandomStream(5), hiddenSizes: [8], learningRate: 0.02, ...options });

  it('gives the child the value of its parent, in the target too, and leaves all else as it was', async () => {
    const learner = create();
    for (let update = 0; update < 3; update++) await learner.update(createOneStepRollout(rows));
    const before = { values: tensorsOf(learner, 'values/'), target: tensorsOf(learner, 'target/') };
    const greedy = greedyOf(learner);
    learner.widen({ agent: 'role', parent: 1 });
    const after = { values: tensorsOf(learner, 'values/'), target: tensorsOf(learner, 'target/') };
    for (const part of ['values', 'target'] as const) {
      expect(before[part]).not.toEqual(after[part]);
      for (const [name, values] of Object.entries(before[part])) {
        // Rows of three weights get a fourth, equal to their second.
        const expected = name.startsWith('role/output')
          ? Array.from({ length: values.length / 3 }).flatMap((_, row) => [
              ...values.slice(3 * row, 3 * row + 3),
              values[3 * row + 1]!,
            ])
          : values;
        expect(after[part][name], `${part}/${name}`).toEqual(expected);
      }
    }
    expect(greedyOf(learner)).toEqual(greedy);
  });

  it('lets parent and child learn apart, also from rows with masks that are older than the child', async () => {
    const learner = create();
    const masks = { role: Uint8Array.from(new Array(4).fill([1, 1, 1]).flat()), format: new Uint8Array(8).fill(1) };
    await learner.update(createOneStepRollout({ ...rows, actionMasks: masks }));
    learner.widen({ agent: 'role', parent: 1 });
    const [stored] = replayOf(learner);
    expect(stored!.nextActionMasks!['role']!.length).toBe(16);
    const rollout = createOneStepRollout({
      observations: new Array(4).fill([1, 0]),
      actions: { role: [3, 1, 3, 1], format: [0, 0, 0, 0] },
      rewards: [1, -1, 1, -1],
    });
    for (let update = 0; update < 40; update++) await learner.update(rollout);
    const { actions } = learner.act(Float32Array.of(1, 0), {
      deterministic: true,
      random: createRandomStream(1),
      masks: { role: Uint8Array.of(0, 1, 0, 1) },
    });
    expect(actions['role']![0]).toBe(3);
  });
});
