import { createJudgedTasks, createMemoryFile, type Dataset, readInteractionCsv } from '@rppkit/datasets';
import { createRandomStream } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { fitControlScorers } from './fit-control-scorers.ts';

/** Six users with five items each; item attributes only where there are genres. */
async function createDataset(): Promise<Dataset> {
  const lines = Array.from({ length: 30 }, (_, line) => `u${line % 6},i${((line % 6) + Math.floor(line / 6)) % 9}`);
  const file = createMemoryFile('plays.csv', `user,item\n${lines.join('\n')}\n`);
  return readInteractionCsv(file, { columns: { user: 'user', item: 'item' }, order: 'column' });
}

const dataset = await createDataset();
const judged = createJudgedTasks(dataset, {
  users: Int32Array.of(0, 1, 2),
  target: 'test',
  candidates: 4,
  random: createRandomStream(1),
});
const tasks = judged.map(({ task }) => task);

describe('fitControlScorers', () => {
  it('gives scorers of different names that score all candidates', async () => {
    const items = dataset.log.items.map((item) => ({ ...item, attributes: { genres: [item.id.slice(-1)] } }));
    const scorers = await fitControlScorers({ ...dataset, log: { ...dataset.log, items } }, { tasks });
    expect(new Set(scorers.map(({ name }) => name)).size).toBe(6);
    for (const scorer of scorers) for (const task of tasks) expect(scorer.score(task)).toHaveLength(4);
    // Without list attributes all of these would be ties.
    expect(await fitControlScorers(dataset, { tasks })).toHaveLength(2);
  });

  it('learns no target of its tasks, and nothing of users that it is not given', async () => {
    // Fitted on the whole data it would know them.
    const [known] = await fitControlScorers(dataset, { tasks: [] });
    expect(() => known!.score(tasks[0]!)).toThrow('not learned from');
    const [others] = await fitControlScorers(dataset, { tasks: tasks.slice(0, 1), users: new Int32Array(0) });
    const seen = new Set(tasks[0]!.history.map(({ item }) => item.id));
    const scores = others!.score({ ...tasks[1]!, candidates: dataset.log.items });
    for (const [index, { id }] of dataset.log.items.entries()) expect(scores[index]! > 0).toBe(seen.has(id));
  });

  it('stops with its signal', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(fitControlScorers(dataset, { tasks, signal })).rejects.toThrow('enough');
  });
});
