import { createPatternSpace, defaultPatterns, domains } from '@rppkit/patterns';
import type { RankingTask } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { describeGroupUse } from './describe-group-use.ts';

const space = createPatternSpace({ domain: domains.movies.en, patterns: defaultPatterns });
const createTask = (length: number, attributes: boolean): RankingTask => ({
  id: `t${length}`,
  user: `u${length}`,
  history: Array.from({ length }, (_, place) => ({
    item: { id: `i${place}`, title: `${place}`, ...(attributes && { attributes: { genres: [`g${place % 2}`] } }) },
  })),
  candidates: [],
});
const interactions = {
  items: Array.from({ length: 9 }, (_, index) => ({ id: `i${index}`, title: `${index}` })),
  item: Int32Array.of(0, 0, 1, 2, 3),
};

it('gives shares within terciles, in their order', () => {
  const tasks = [3, 4, 5, 6, 7, 8].map((length) => createTask(length, true));
  // The two longest histories get the second role.
  const choices = tasks.map((_, index) => [index >= 4 ? 1 : 0, 0, 0, 0]);
  const use = describeGroupUse(tasks, { space, choices, interactions });
  const lengths = use.filter(({ grouping }) => grouping === 'history length');
  expect(lengths.map(({ group, users }) => [group, users])).toEqual([
    ['low', 2],
    ['middle', 2],
    ['high', 2],
  ]);
  expect(lengths.map(({ shares }) => shares[0]!.slice(0, 2))).toEqual([
    [1, 0],
    [1, 0],
    [0, 1],
  ]);
  expect([...new Set(use.map(({ grouping }) => grouping))]).toEqual(['history length', 'history popularity', 'drift']);
});

it('leaves drift out where items have no attributes', () => {
  const tasks = [3, 4, 5].map((length) => createTask(length, false));
  const choices = tasks.map(() => [0, 0, 0, 0]);
  const use = describeGroupUse(tasks, { space, choices, interactions });
  expect([...new Set(use.map(({ grouping }) => grouping))]).toEqual(['history length', 'history popularity']);
});
