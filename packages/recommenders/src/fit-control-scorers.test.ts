import { createJudgedTasks, createMemoryFile, readInteractionCsv } from '@rppkit/datasets';
import { createRandomStream } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { fitControlScorers } from './fit-control-scorers.ts';

it('gives scorers of different names, which score tasks whose targets they have not learned', async () => {
  const lines = Array.from({ length: 6 }, (_, user) =>
    Array.from({ length: 5 }, (_, at) => `u${user},i${(user + at) % 9}`),
  );
  const file = createMemoryFile('plays.csv', `user,item\n${lines.flat().join('\n')}\n`);
  const dataset = await readInteractionCsv(file, { columns: { user: 'user', item: 'item' }, order: 'column' });
  const users = Int32Array.of(0, 1, 2);
  const judged = createJudgedTasks(dataset, { users, target: 'test', candidates: 4, random: createRandomStream(1) });
  const tasks = judged.map(({ task }) => task);
  const scorers = await fitControlScorers(dataset, { tasks });
  expect(new Set(scorers.map(({ name }) => name)).size).toBe(6);
  for (const scorer of scorers) {
    for (const task of tasks) expect(scorer.score(task)).toHaveLength(4);
  }
  // Fitted on the whole data it would know them.
  const [popularity] = await fitControlScorers(dataset, { tasks: [] });
  expect(() => popularity!.score(tasks[0]!)).toThrow('not learned from');
});
