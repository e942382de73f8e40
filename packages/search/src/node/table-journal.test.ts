import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { createTable } from '../tables/create-table.ts';
import type { TableEntry } from '../tables/table-entry.ts';
import { openTableJournal } from './table-journal.ts';

const { space, tasks, model } = createScriptedWorld({ users: 1, interaction: true });
const { manifest } = createTable([tasks[0]!.task], space, model, {});
const entry: TableEntry = {
  index: 7,
  status: 'ranked',
  inputTokens: 90,
  outputTokens: 5,
  ranking: Int32Array.of(3, 0),
};
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rppkit-journal-'));
});

afterEach(() => rm(folder, { recursive: true }));

it('has a line in the file when append returns, and gives it back', async () => {
  const path = join(folder, 'journal');
  const journal = await openTableJournal(path, manifest);
  expect([...journal.recorded]).toEqual([]);
  journal.append(entry);
  expect((await readFile(path, 'utf8')).split('\n').slice(1)).toEqual(['[7,"ranked",90,5,[3,0]]', '']);
  await journal.close();
  const again = await openTableJournal(path, manifest);
  expect([...again.recorded]).toEqual([entry]);
  await again.close();
});

it('removes the beginning of a line before it goes on', async () => {
  const path = join(folder, 'journal');
  const first = await openTableJournal(path, manifest);
  first.append(entry);
  await first.close();
  await appendFile(path, '[8,"ran');
  const second = await openTableJournal(path, manifest);
  const next = { ...entry, index: 9 };
  second.append(next);
  await second.close();
  const third = await openTableJournal(path, manifest);
  expect([...third.recorded]).toEqual([entry, next]);
  await third.close();
});

it('takes nothing more after a write that failed', async () => {
  const journal = await openTableJournal(join(folder, 'journal'), manifest);
  await journal.close();
  expect(() => journal.append(entry)).toThrow(expect.objectContaining({ defect: 'unreadable' }));
  expect(() => journal.append(entry)).toThrow('a write that failed before');
});
