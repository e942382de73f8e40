import { bootstrapMeanInterval } from '@rppkit/metrics/statistics';
import { createRandomStream, type Encoder, type JudgedTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { fitContextOracle } from './context-oracle.ts';
import { computeHeadroom } from './headroom.ts';
import { testInteraction } from './interaction-test.ts';
import { askRandomPrompts, sampleJointAction } from './random-prompts.ts';
import { createScriptedWorld } from './scripted-world.fixture.ts';

async function fitOracle(interaction: boolean, seed: number) {
  const world = createScriptedWorld({ users: 300, interaction });
  const oracle = await fitContextOracle({ ...world, calls: 3000, random: createRandomStream(seed) });
  return { world, oracle };
}

describe('fitContextOracle', () => {
  it('gives each kind of user its own prompt where prompts depend on users', async () => {
    const { world, oracle } = await fitOracle(true, 1);
    expect(oracle.answers.rows).toHaveLength(3000);
    for (const judged of world.tasks) expect(world.worth(judged, oracle.choose(judged.task))).toBe(0.8);
  });

  it('gives everybody the best fixed prompt where they do not', async () => {
    const { world, oracle } = await fitOracle(false, 2);
    const share =
      world.tasks.filter((judged) => world.worth(judged, oracle.choose(judged.task)) === 0.5).length /
      world.tasks.length;
    expect(share).toBe(1);
  });
});

describe('testInteraction', () => {
  it('rejects where prompts depend on users', async () => {
    const { world, oracle } = await fitOracle(true, 3);
    const { p, tasks } = testInteraction(oracle.answers, { ...world, random: createRandomStream(1) });
    expect(p).toBe(1 / 200);
    expect(tasks).toBe(300);
  });

  const { space } = createScriptedWorld({ users: 1, interaction: false });
  /** Rewards with a user effect of any shape, main effects of the prompt, and an interaction of the given strength. */
  function simulate(seed: number, strength: number): { p: number; tasks: number } {
    const random = createRandomStream(`interaction ${seed}`);
    const users = 150;
    const values = Float64Array.from({ length: users }, () => random.normal());
    const tasks = Array.from(values, (value, user): JudgedTask => {
      // A short history leaves only the smallest window legal: which prompts are drawn depends on the user.
      const history = Array.from({ length: value > 0.5 ? 1 : 2 }, () => ({ item: { id: 'h', title: 'h' } }));
      return { task: { id: `${user}`, user: `${user}`, history, candidates: [] }, relevance: new Map() };
    });
    const rows = tasks.flatMap(({ task }, user) => {
      const effect = 0.2 * values[user]! ** 2 + 0.15 * random.normal();
      return [0, 1, 2].map(() => {
        const choice = sampleJointAction(random, space, task);
        const reward =
          effect +
          0.1 * choice[0]! +
          0.05 * choice[1]! +
          strength * values[user]! * (choice[1]! % 2) +
          0.25 * random.normal();
        return { task: user, choice, reward };
      });
    });
    const encoder: Encoder = {
      name: 'value',
      size: 1,
      encode({ task }, output) {
        output[0] = values[Number(task.id)]!;
      },
      state: () => ({ kind: 'round' }),
    };
    return testInteraction(
      { tasks, rows },
      { space, encoders: [encoder], random: createRandomStream(seed), permutations: 99 },
    );
  }

  it('holds its level whatever the main effects and masks: 200 null data sets, rejections within the 99.9 % binomial bounds', () => {
    const values = Array.from({ length: 200 }, (_, seed) => simulate(seed, 0).p);
    expect(values.filter((p) => p <= 0.05).length).toBeLessThanOrEqual(21);
    // Not by never rejecting: p is about uniform.
    expect(values.filter((p) => p <= 0.5).length).toBeGreaterThanOrEqual(77);
    expect(values.filter((p) => p <= 0.5).length).toBeLessThanOrEqual(123);
  });

  it('finds an interaction as large as the noise in nearly all data sets', () => {
    const rejections = Array.from({ length: 30 }, (_, seed) => simulate(seed, 0.25).p).filter((p) => p <= 0.05).length;
    expect(rejections).toBeGreaterThanOrEqual(22);
  });

  it('needs one answer a task, and says which pattern depends on the user', async () => {
    const world = createScriptedWorld({ users: 800, interaction: true });
    const answers = await askRandomPrompts({ ...world, calls: 800, random: createRandomStream(5) });
    const test = testInteraction(answers, { ...world, random: createRandomStream(1) });
    expect(test.p).toBe(1 / 200);
    expect(test.statistic).toBeGreaterThan(test.critical);
    expect(test.critical).toBeGreaterThan(test.expected);
    expect(test.patterns.map(({ name }) => name)).toEqual(['history', 'reasoning', 'format']);
    expect(test.patterns[0]!.p).toBeGreaterThan(0.05);
    expect(test.patterns[1]!.p).toBe(1 / 200);
    expect(test.patterns[2]!.p).toBe(1);
  });

  it('says 1 where there is nothing to test', () => {
    const { tasks, encoders } = createScriptedWorld({ users: 2, interaction: false });
    const rows = tasks.map((_, task) => ({ task, choice: [0, 0, 0], reward: task }));
    const random = createRandomStream(1);
    const patterns = ['history', 'reasoning', 'format'].map((name) => ({ name, p: 1 }));
    const nothing = { p: 1, statistic: 0, expected: 0, critical: 0, patterns };
    expect(testInteraction({ tasks, rows }, { space, encoders: [], random })).toEqual({ ...nothing, tasks: 2 });
    expect(testInteraction({ tasks, rows: [] }, { space, encoders, random })).toEqual({ ...nothing, tasks: 0 });
    expect(() => testInteraction({ tasks, rows }, { space, encoders, random, permutations: 18 })).toThrow(
      'Expected permutations to be an integer of at least 19, received 18',
    );
  });
});

describe('computeHeadroom', () => {
  const values = (mean: number, spread: number, seed: number) => {
    const random = createRandomStream(seed);
    return Float64Array.from({ length: 500 }, () => mean + spread * random.normal());
  };
  const fixed = new Float64Array(500).fill(0.5);

  it.each([
    ['pays', 0.06, 0.1, 0.005],
    ['undecided', 0.01, 0.3, 0.005],
    ['too-small', 0.002, 0.02, 0.005],
    ['too-small', -0.05, 0.1, 0.6],
  ] as const)('is %s for a gain of %f with spread %f and interaction p %f', (verdict, gain, spread, interactionP) => {
    const headroom = computeHeadroom({
      oracle: values(0.5 + gain, spread, 1),
      fixed,
      interactionP,
      random: createRandomStream(2),
    });
    expect(headroom.verdict).toBe(verdict);
    expect(headroom.usersToDecide !== undefined).toBe(verdict === 'undecided');
    if (headroom.usersToDecide !== undefined) expect(headroom.usersToDecide).toBeGreaterThan(500);
  });

  it('asks for answers, not users, where only the interaction test is missing', () => {
    const headroom = computeHeadroom({
      oracle: values(0.56, 0.1, 1),
      fixed,
      interactionP: 0.4,
      random: createRandomStream(2),
    });
    expect(headroom).toMatchObject({ verdict: 'undecided' });
    expect(headroom.usersToDecide).toBeUndefined();
  });

  it('uses the bootstrap interval of the paired differences', () => {
    const oracle = values(0.6, 0.1, 3);
    const headroom = computeHeadroom({ oracle, fixed, interactionP: 0.01, random: createRandomStream(2) });
    const { low, high } = bootstrapMeanInterval(
      oracle.map((value) => value - 0.5),
      { random: createRandomStream(2) },
    );
    expect([headroom.low, headroom.high]).toEqual([low, high]);
  });

  it('refuses users that do not pair', () => {
    expect(() =>
      computeHeadroom({ oracle: [1, 2], fixed: [1], interactionP: 1, random: createRandomStream(1) }),
    ).toThrow();
  });
});
