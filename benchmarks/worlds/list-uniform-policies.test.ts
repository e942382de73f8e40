import { createPatternSpace, defaultPatterns, type JointAction, movies } from '@rppkit/patterns';
import type { RewardModel } from '@rppkit/search';
import type { RankingTask } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { listUniformPolicies } from './list-uniform-policies.ts';

const item = { id: 'a', title: 'A' };
const createTask = (id: string, length: number): RankingTask => ({
  id,
  user: id,
  history: Array.from({ length }, () => ({ item })),
  candidates: [item],
});
// Windows 2, 5, 10, 20 and 40: the second task cannot have the last.
const tasks = [createTask('long', 50), createTask('short', 25)];
const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
const all = space.patterns.reduce<JointAction[]>(
  (choices, { expressions }) =>
    choices.flatMap((choice) => [...expressions.keys()].map((action) => [...choice, action])),
  [[]],
);

/** Ranks by what a joint action is worth to each task. */
const createModel = (worths: Readonly<Record<string, (choice: JointAction) => number>>): Pick<RewardModel, 'rank'> => ({
  rank(count, task) {
    const worth = worths[task!.id]!;
    return all.toSorted((left, right) => worth(right) - worth(left)).slice(0, count);
  },
});

it('fixes one expression for both tasks, and lets each have its own choice of the rest', () => {
  const model = createModel({
    long: ([role, , reasoning]) => Number(role === 1) + Number(reasoning === 3),
    short: ([role, , reasoning]) => Number(role === 2) + Number(reasoning === 4),
  });
  const [byRole, , byReasoning] = listUniformPolicies({ model, space, tasks });
  for (const [role, choices] of byRole!.entries()) {
    expect(choices.map(([first]) => first)).toEqual([role, role]);
    expect(choices.map(([, , reasoning]) => reasoning)).toEqual([3, 4]);
  }
  for (const [reasoning, choices] of byReasoning!.entries()) {
    expect(choices.map(([, , third]) => third)).toEqual([reasoning, reasoning]);
    expect(choices.map(([role]) => role)).toEqual([1, 2]);
  }
});

it('never counts on a window that a history is too short for', () => {
  // The longest window would be worth most to both; the second task's next best is the window of 5.
  const model = createModel({
    long: ([, window]) => [0, 0, 0, 0, 9][window!]!,
    short: ([, window]) => [0, 3, 0, 1, 9][window!]!,
  });
  const [byRole, byWindow] = listUniformPolicies({ model, space, tasks });
  expect(byRole![0]!.map(([, window]) => window)).toEqual([4, 1]);
  // As served: the second task's longest legal window is that of 20.
  expect(byWindow!.map((choices) => choices.map(([, window]) => window))).toEqual([
    [0, 0],
    [1, 1],
    [2, 2],
    [3, 3],
    [4, 3],
  ]);
});
