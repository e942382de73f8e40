import { createRandomStream, type Encoder, type JudgedTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { askRandomPrompts, sampleJointAction } from '../random-prompts.ts';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { testInteraction } from './interaction-test.ts';

describe('testInteraction', () => {
  it('rejects where prompts depend on users', async () => {
    const world = createScriptedWorld({ users: 300, interaction: true });
    const answers = await askRandomPrompts({ ...world, calls: 3000, random: createRandomStream(3) });
    const { p, tasks } = testInteraction(answers, { ...world, random: createRandomStream(1) });
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

  it('holds its level where users with several tasks have tastes of their own: 100 null data sets', () => {
    // Tastes for the four reasonings that the observation, one number a user, says nothing of.
    const values = Array.from({ length: 100 }, (_, seed) => {
      const random = createRandomStream(`tastes ${seed}`);
      const observed = Float64Array.from({ length: 40 }, () => random.normal());
      const tastes = Array.from(observed, () => [0, 1, 2, 3].map(() => random.normal()));
      const tasks = Array.from({ length: 320 }, (_, task): JudgedTask => {
        const history = [0, 1].map((id) => ({ item: { id: `${id}`, title: 'h' } }));
        return {
          task: { id: `${task}`, user: `${Math.floor(task / 8)}`, history, candidates: [] },
          relevance: new Map(),
        };
      });
      const rows = tasks.map(({ task }, index) => {
        const choice = sampleJointAction(random, space, task);
        return { task: index, choice, reward: tastes[Number(task.user)]![choice[1]!]! + 0.2 * random.normal() };
      });
      const encoder: Encoder = {
        name: 'value',
        size: 1,
        encode({ task }, output) {
          output[0] = observed[Number(task.user)]!;
        },
        state: () => ({ kind: 'value' }),
      };
      const options = { space, encoders: [encoder], random: createRandomStream(seed), permutations: 99 };
      return testInteraction({ tasks, rows }, options).p;
    });
    // At most the 99.9 % binomial bound for 100 data sets; a permutation of single tasks rejects in 38.
    expect(values.filter((p) => p <= 0.05).length).toBeLessThanOrEqual(13);
    expect(values.filter((p) => p <= 0.5).length).toBeGreaterThanOrEqual(33);
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

  it('counts permutations that only differ by rounding as equal', () => {
    // Five users, of whom two have one set of rewards and three another: of the ten ways to choose those two at least one, the
    // observed one, gives the observed statistic, but its sums may be added in another order.
    const world = createScriptedWorld({ users: 5, interaction: true });
    const values = Array.from({ length: 20 }, (_, seed) => {
      const random = createRandomStream(`rounding ${seed}`);
      const observed = Float64Array.from({ length: 5 }, () => random.normal()).sort();
      const rewards = [0, 1].map(() => [0, 1, 2, 3].map(() => random.uniform()));
      const rows = world.tasks.flatMap((_, task) =>
        [0, 1, 2, 3].map((reasoning) => ({
          task,
          choice: [0, reasoning, 0],
          reward: rewards[Number(task < 2)]![reasoning]!,
        })),
      );
      const encoder: Encoder = {
        name: 'value',
        size: 1,
        encode({ task }, output) {
          output[0] = observed[Number(task.id.slice(1))]!;
        },
        state: () => ({ kind: 'value' }),
      };
      const options = { space, encoders: [encoder], random, permutations: 1999 };
      return testInteraction({ tasks: world.tasks, rows }, options).p;
    });
    // A tenth at least, but for the luck of 1,999 draws: four standard errors are .027.
    expect(Math.min(...values)).toBeGreaterThan(0.073);
  });

  it('refuses rewards of failed calls, which would look like a finding', () => {
    const { tasks, encoders } = createScriptedWorld({ users: 20, interaction: false });
    const rows = tasks.map((_, task) => ({ task, choice: [0, task % 4, 0], reward: task === 3 ? Number.NaN : task }));
    expect(() => testInteraction({ tasks, rows }, { space, encoders, random: createRandomStream(1) })).toThrow(
      'Expected rows[3].reward to be a finite number, received NaN',
    );
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
