import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createBudget, withBudget } from '@rppkit/env';
import { createRandomStream, type RankingTask, type TextModel } from '@rppkit/spec';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createScriptedWorld } from '../scripted-world.fixture.ts';
import { recordResponseTable } from '../tables/record-response-table.ts';
import type { ResponseTableError } from '../tables/response-table-error.ts';
import { encodeResponseTable } from '../tables/table-codec.ts';
import {
  type RecordResponseTableFileOptions,
  readResponseTable,
  recordResponseTableFile,
  writeResponseTable,
} from './response-table-file.ts';

const { space, tasks: judged, model } = createScriptedWorld({ users: 4, interaction: true });
const tasks = judged.map(({ task }) => task);
let folder: string;
let path: string;
let journal: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rppkit-table-'));
  path = join(folder, 'answers.table');
  journal = `${path}.journal`;
});

afterEach(() => rm(folder, { recursive: true }));

function countCalls(limit = Number.POSITIVE_INFINITY): { readonly model: TextModel; readonly asked: string[] } {
  const asked: string[] = [];
  const generate: TextModel['generate'] = async (request) => {
    if (asked.length >= limit) throw new Error('a mistake in code');
    asked.push(JSON.stringify([request.messages, request.sampleIndex]));
    return model.generate(request);
  };
  return { model: { id: model.id, generate }, asked };
}

/** A recording that ends on the way, after so many answers. */
async function recordPart(answers: number): Promise<void> {
  const recording = recordResponseTableFile(path, tasks, space, countCalls(answers).model, { concurrency: 1 });
  await expect(recording).rejects.toThrow('a mistake in code');
}

async function readDefect(
  options: RecordResponseTableFileOptions = {},
  { someTasks = tasks, someModel = model, someSpace = space } = {},
): Promise<[string, string]> {
  const error = await recordResponseTableFile(path, someTasks, someSpace, someModel, options).then(
    () => expect.fail('a recording that rejects'),
    (thrown: unknown) => thrown as ResponseTableError,
  );
  return [error.defect, error.message];
}

describe('recordResponseTableFile', () => {
  it('writes what recordResponseTable gives, and leaves nothing else', async () => {
    const table = await recordResponseTableFile(path, tasks, space, model, { orders: 2 });
    expect(table).toEqual(await recordResponseTable(tasks, space, model, { orders: 2 }));
    expect(await readResponseTable(path)).toEqual(table);
    expect(new Uint8Array(await readFile(path))).toEqual(encodeResponseTable(table));
    expect(await readdir(folder)).toEqual(['answers.table']);
    // A finished one is read.
    expect(await recordResponseTableFile(path, tasks, space, countCalls(0).model, { orders: 2 })).toEqual(table);
  });

  it('goes on where it was stopped, wherever in a line that was', async () => {
    await recordPart(50);
    const whole = await readFile(journal);
    const expected = encodeResponseTable(await recordResponseTable(tasks, space, model));
    const lastLine = whole.length - 1 - whole.lastIndexOf(0x0a, whole.length - 2);
    // 50 answers; 49 and the beginning of one; 49; the first line alone; parts of it; nothing.
    const firstLine = whole.indexOf(0x0a) + 1;
    for (const [length, kept] of [
      [whole.length, 50],
      [whole.length - 1, 49],
      [whole.length - 5, 49],
      [whole.length - lastLine + 1, 49],
      [whole.length - lastLine, 49],
      [firstLine, 0],
      [firstLine - 1, 0],
      [10, 0],
      [0, 0],
    ] as const) {
      await writeFile(journal, whole);
      await truncate(journal, length);
      const { model: counted, asked } = countCalls();
      await recordResponseTableFile(path, tasks, space, counted);
      // 4 tasks, 8 actions, 4 orders.
      expect([length, asked.length]).toEqual([length, 128 - kept]);
      expect(new Uint8Array(await readFile(path))).toEqual(expected);
      expect(existsSync(journal)).toBe(false);
      await rm(path);
    }
  });

  it('draws the actions from the stream, and again the same on resume', async () => {
    const options = { actions: 3, orders: 2 };
    const random = () => createRandomStream('actions');
    const stopped = countCalls(10).model;
    await expect(
      recordResponseTableFile(path, tasks, space, stopped, { ...options, random: random(), concurrency: 1 }),
    ).rejects.toThrow('mistake');
    const { model: counted, asked } = countCalls();
    const table = await recordResponseTableFile(path, tasks, space, counted, { ...options, random: random() });
    expect(asked).toHaveLength(4 * 3 * 2 - 10);
    expect(table).toEqual(await recordResponseTable(tasks, space, model, { ...options, random: random() }));
  });

  it('asks the failed entries of a finished table again', async () => {
    const expected = encodeResponseTable(await recordResponseTable(tasks, space, model));
    const budget = createBudget({ maxCalls: 40 });
    const part = await recordResponseTableFile(path, tasks, space, withBudget(model, budget));
    expect(part.manifest.answers).toBe(40);
    expect(await readResponseTable(path)).toEqual(part);
    const { model: counted, asked } = countCalls();
    await recordResponseTableFile(path, tasks, space, counted);
    expect(asked).toHaveLength(128 - 40);
    expect(new Uint8Array(await readFile(path))).toEqual(expected);
  });

  it('refuses a journal or a table of another recording, and says what differs', async () => {
    const [first, second] = tasks as [RankingTask, RankingTask, ...RankingTask[]];
    const otherSpace = { ...space, phrases: { emptyHistory: 'Nothing.' } };
    const expectAll = async (): Promise<void> => {
      const other = async (...args: Parameters<typeof readDefect>): Promise<string> => {
        const [defect, message] = await readDefect(...args);
        expect(defect).toBe('other-recording');
        return message;
      };
      expect(await other({}, { someModel: { ...model, id: 'new' } })).toContain(
        'the model "scripted" instead of "new"',
      );
      expect(await other({ orders: 2 })).toContain('4 orders instead of 2');
      expect(await other({ draws: 2 })).toContain('1 draws instead of 2');
      expect(await other({ actions: [2, 3] })).toContain('(8 instead of 2, the first new one is number 2)');
      expect(await other({ actions: [0, 1] })).toContain('(8 instead of 2)');
      expect(await other({}, { someSpace: otherSpace })).toContain('another pattern space');
      expect(await other({}, { someTasks: [first] })).toContain('4 tasks instead of 1');
      expect(await other({}, { someTasks: [second, first, ...tasks.slice(2)] })).toContain('task "t0" instead of "t1"');
      const changed = { ...second, history: first.history };
      expect(await other({}, { someTasks: [first, changed, ...tasks.slice(2)] })).toContain('history');
    };
    await recordPart(20);
    await expectAll();
    await recordResponseTableFile(path, tasks, space, model);
    await expectAll();
  });

  it('refuses a damaged journal, and a file that is none', async () => {
    await recordPart(5);
    const whole = await readFile(journal, 'utf8');
    for (const line of [
      'no json',
      '{}',
      '[128,"ranked",1,1,[0]]',
      '[0,"failed:server",0,0,[]]',
      '[0,"better",1,1,[0]]',
      '[0,"ranked",-1,1,[0]]',
      '[0,"ranked",1,1,[4]]',
      '[0,"ranked",1,1,[1,1]]',
      '[0,"invalid:empty",1,1,[1]]',
      '[0,"ranked",1,1]',
    ]) {
      await writeFile(journal, `${whole}${line}\n`);
      const [defect, message] = await readDefect();
      expect([line, defect]).toEqual([line, 'malformed-journal']);
      expect(message).toContain('.journal:7');
    }
    const [header] = whole.split('\n');
    const bare = JSON.stringify({ ...JSON.parse(header!), recording: {} });
    for (const text of ['dear diary\n', 'dear diary', '{"schema":"other"}\n', `${bare}\n`]) {
      await writeFile(journal, text);
      expect((await readDefect())[0]).toBe('malformed-journal');
      expect(await readFile(journal, 'utf8')).toBe(text);
    }
    await writeFile(journal, whole.replace('"version":1', '"version":2'));
    expect((await readDefect())[0]).toBe('unsupported-version');
  });

  it('refuses paths that cannot be read or written', async () => {
    expect(await readResponseTable(path).catch((error: ResponseTableError) => error.defect)).toBe('unreadable');
    path = join(folder, 'missing', 'answers.table');
    expect((await readDefect())[0]).toBe('unreadable');
    const table = await recordResponseTable(tasks, space, model, { orders: 1 });
    await expect(writeResponseTable(path, table)).rejects.toMatchObject({ defect: 'unreadable' });
    path = join(folder, 'answers.table');
    await appendFile(path, 'no table at all');
    expect((await readDefect())[0]).toBe('wrong-magic');
  });
});

describe('a recording that is killed', () => {
  const script = fileURLToPath(new URL('record-table.fixture.ts', import.meta.url));
  const start = (file: string, asked: string): ChildProcess =>
    fork(script, [file, asked], { execArgv: ['--conditions=rppkit-source', '--import', import.meta.resolve('tsx')] });
  const readAsked = async (file: string): Promise<readonly string[]> =>
    (await readFile(file, 'utf8').catch(() => '')).split('\n').slice(0, -1);

  it('asks nothing again that had arrived, and ends with the same bytes', async () => {
    const asked = join(folder, 'asked.txt');
    const killed = start(path, asked);
    const exit = once(killed, 'exit');
    while ((await readAsked(asked)).length < 200) await new Promise((resolve) => setTimeout(resolve, 5));
    killed.kill('SIGKILL');
    expect(await exit).toEqual([null, 'SIGKILL']);
    const before = await readAsked(asked);
    const kept = (await readFile(journal, 'utf8')).split('\n').length - 2;
    // At most four were under way.
    expect(before.length - kept).toBeLessThanOrEqual(4);
    // The process may have been killed in the middle of a line.
    await appendFile(journal, '[3999,"ran');

    await once(start(path, asked), 'exit');
    const all = await readAsked(asked);
    // 60 tasks, 8 actions, 4 orders, 2 draws.
    expect(all.length - before.length).toBe(3840 - kept);
    const reference = join(folder, 'reference.table');
    const world = createScriptedWorld({ users: 60, interaction: true });
    const uninterrupted = await recordResponseTable(
      world.tasks.map(({ task }) => task),
      world.space,
      world.model,
      { draws: 2 },
    );
    await writeResponseTable(reference, uninterrupted);
    expect((await readFile(path)).equals(await readFile(reference))).toBe(true);
    expect(existsSync(journal)).toBe(false);
  }, 120_000);
});
