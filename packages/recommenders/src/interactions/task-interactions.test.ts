import { createInteractionLog, createJudgedTasks } from '@rppkit/datasets';
import { createRandomStream, type RankingTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createPopularity } from '../popularity/popularity.ts';
import { createTaskInteractions } from './task-interactions.ts';

const rows = ['abca', 'bcd', 'acd', 'cab'].flatMap((items, user) =>
  [...items].map((item) => ({ user: `u${user}`, item })),
);
const log = createInteractionLog(rows);
const createTask = (user: string, history: string, candidates = 'abcd'): RankingTask => ({
  id: `${user}:${history}`,
  user,
  history: [...history].map((id) => ({ item: { id, title: id } })),
  candidates: [...candidates].map((id) => ({ id, title: id })),
});
const score = async (task: RankingTask, tasks: readonly RankingTask[], users?: number[]): Promise<number[]> => {
  const options = users === undefined ? { tasks } : { tasks, users: Int32Array.from(users) };
  const interactions = createTaskInteractions({ name: 'letters', log, order: 'column' }, options);
  return createPopularity()
    .fit(interactions, { seed: 1 })
    .then((popularity) => [...popularity.score(task)]);
};

describe('createTaskInteractions, seen through popularity', () => {
  it('counts users, not repeats', async () => {
    // a: u0 u2 u3, b: u0 u1 u3, c: all, d: u1 u2.
    expect(await score(createTask('stranger', ''), [])).toEqual([3, 3, 4, 2]);
    expect(await score(createTask('stranger', '', 'dxc'), [])).toEqual([2, 0, 4]);
  });

  it('counts users of tasks by their history alone', async () => {
    const task = createTask('u1', 'bc');
    // u1 without its last item d.
    expect(await score(task, [task])).toEqual([3, 3, 4, 1]);
    expect(await score(task, [task, createTask('u2', 'aa')])).toEqual([3, 3, 3, 0]);
  });

  it('counts what all histories of a user with several tasks hold', async () => {
    const tasks = [createTask('u1', 'bc'), createTask('u1', 'b')];
    for (const task of tasks) expect(await score(task, tasks)).toEqual([3, 3, 3, 1]);
    // From a, b, c, a come the histories ab (target c) and bc (target a): of u0 only b counts.
    const repeated = [createTask('u0', 'ab'), createTask('u0', 'bc')];
    for (const task of repeated) expect(await score(task, repeated)).toEqual([2, 3, 3, 2]);
  });

  it('counts chosen users once and nobody else', async () => {
    const task = createTask('u1', 'bc');
    expect(await score(task, [task], [0, 1, 0])).toEqual([1, 2, 2, 0]);
    expect(await score(task, [task], [])).toEqual([0, 1, 1, 0]);
    await expect(score(task, [task], [4])).rejects.toThrow('Expected users to be below 4, received 4.');
  });

  it('refuses a task whose target it may have counted', async () => {
    await expect(score(createTask('u1', 'bc'), [])).rejects.toThrow('was not learned from with candidate');
    await expect(score(createTask('u1', 'b'), [createTask('u1', 'bc')])).rejects.toThrow(
      'was not learned from with candidate',
    );
    expect(await score(createTask('u1', 'bc'), [], [0])).toEqual([1, 1, 1, 0]);
    // As many items as were counted, and more, but not the counted ones.
    await expect(score(createTask('u1', 'ca'), [createTask('u1', 'bc')])).rejects.toThrow(
      'was not learned from with candidate',
    );
    await expect(score(createTask('u1', 'bca'), [])).rejects.toThrow('was not learned from with candidate');
    expect(await score(createTask('u1', 'bcda', 'ae'), [])).toEqual([3, 0]);
  });

  it('does not see the targets: other last items give the same scores', async () => {
    const create = async (last: string): Promise<number[][]> => {
      const log = createInteractionLog(
        Array.from({ length: 30 }, (_, user) => ['x', 'y', last].map((item) => ({ user: `u${user}`, item }))).flat(),
        ['a', 'b', 'x', 'y', 'n', 'm'].map((id) => ({ id, title: id })),
      );
      const users = Int32Array.from(log.users, (_, user) => user);
      const dataset = { name: 'x', log, order: 'column' } as const;
      const judged = createJudgedTasks(dataset, {
        users,
        target: 'test',
        candidates: 3,
        random: createRandomStream(1),
      });
      const interactions = createTaskInteractions(dataset, { tasks: judged.map(({ task }) => task) });
      const scorer = await createPopularity().fit(interactions, { seed: 1 });
      return judged.map(({ task }) => [...scorer.score(task)]);
    };
    expect((await create('a')).flat()).toEqual(Array.from({ length: 90 }, () => 0));
    expect(await create('b')).toEqual(await create('a'));
  });
});
