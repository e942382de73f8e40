import { createPatternSpace, defaultPatterns, domains } from '@rppkit/patterns';
import { createRandomStream, type Encoder, type JudgedTask, sampleIndex } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { estimateEffects } from './estimate-effects.ts';
import type { TrainingChoice } from './read-training-answers.ts';

const space = createPatternSpace({ domain: domains.movies.en, patterns: defaultPatterns });
const random = createRandomStream('effects');
const createTask = (user: number, length: number): JudgedTask => ({
  task: {
    id: `t${user}`,
    user: `u${user}`,
    history: Array.from({ length }, (_, place) => ({ item: { id: `${place}`, title: `${place}` } })),
    candidates: [],
  },
  relevance: new Map(),
});
/** What the policy sees: 1 for every second user, whose tasks are easy. */
const encoder: Encoder = {
  name: 'easy',
  size: 1,
  encode: ({ task }, output) => output.fill(Number(task.user.slice(1)) % 2 === 0 ? 1 : -1),
  state: () => ({ kind: 'test' }),
};
const counts = space.patterns.map(({ expressions }) => expressions.length);

/** The second role is worth .1, and the policy gives it more often to those whose tasks are hard. */
function createChoices(users: number, rounds: number): readonly TrainingChoice[] {
  return Array.from({ length: users * rounds }, (_, index) => {
    const task = index % users;
    const easy = task % 2 === 0;
    const roles = Array.from({ length: counts[0]! }, (_, role) => (role === 1 && !easy ? 8 : 1));
    const weights = counts.map((count, position) => (position === 0 ? roles : new Array<number>(count).fill(1)));
    weights[1] = weights[1]!.map((_, action) => (action < 2 ? 1 : 0));
    const actions = weights.map((one) => sampleIndex(random, one));
    const propensities = weights.map(
      (one, position) => one[actions[position]!]! / one.reduce((sum, weight) => sum + weight, 0),
    );
    const reward = (easy ? 0.8 : 0.3) + (actions[0] === 1 ? 0.1 : 0) + 0.05 * random.normal();
    return { task, update: 1 + Math.floor(index / users), actions, propensities, reward };
  });
}

it('finds what an expression is worth though it was given to harder tasks', () => {
  const tasks = Array.from({ length: 60 }, (_, user) => createTask(user, 5));
  const choices = createChoices(60, 20);
  const [role, history] = estimateEffects(choices, { tasks, space, encoders: [encoder], random });
  const of = (action: number): number[] =>
    choices.filter(({ actions }) => actions[0] === action).map(({ reward }) => reward);
  const average = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  // Plain means have it the wrong way round.
  expect(average(of(1))).toBeLessThan(average(of(0)));
  const worth = 0.1 * (1 - 1 / counts[0]!);
  const { effect, answers, effectiveAnswers } = role!.expressions[1]!;
  expect(Math.abs(effect!.mean - worth)).toBeLessThan(0.02);
  expect(effect!.low).toBeGreaterThan(0);
  expect(effect!.low).toBeLessThan(worth);
  expect(effect!.high).toBeGreaterThan(worth);
  expect(answers).toBe(of(1).length);
  expect(effectiveAnswers).toBeLessThan(answers);
  // Windows beyond the history are never legal.
  expect(history!.expressions[4]).toMatchObject({ effect: null, answers: 0, effectiveAnswers: 0 });
});

it('compares a refined sentence only while it could be chosen', () => {
  const [pattern] = space.patterns;
  const child = { ...pattern!.expressions[0]!, id: 'late', parent: pattern!.expressions[0]!.id };
  const grown = createPatternSpace({
    ...space,
    patterns: [{ ...pattern!, expressions: [...pattern!.expressions, child] }, ...space.patterns.slice(1)],
  });
  const tasks = Array.from({ length: 20 }, (_, user) => createTask(user, 5));
  const choices = createChoices(20, 4);
  const options = { tasks, space: grown, encoders: [encoder], random };
  const read = (born: number) =>
    estimateEffects(choices, {
      ...options,
      children: [{ pattern: pattern!.name, id: 'late', born, verdict: 'open' }],
    })[0]!.expressions.at(-1)!.effect;
  expect(read(3)).not.toBeNull();
  expect(read(4)).toBeNull();
});

it('says nothing of fewer than two users', () => {
  const effects = estimateEffects([], { tasks: [], space, encoders: [encoder], random });
  expect(effects[0]!.expressions[0]!.effect).toBeNull();
});
