import type { Item, JudgedTask } from '@rppkit/spec';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetError } from '../dataset-error.ts';
import { createMemoryFile } from '../files/data-file.ts';
import { readJudgedTasks, renderJudgedTasks } from './judged-tasks-json.ts';

const item = (id: string): Item => ({ id, title: `Title ${id}` });
const judged: JudgedTask = {
  task: {
    id: 'x:u:test',
    user: 'u',
    history: [{ item: { ...item('a'), attributes: { year: '1995' } }, rating: 4.5, time: 10 }, { item: item('b') }],
    candidates: [item('c'), item('d')],
  },
  relevance: new Map([['d', 1]]),
};
const line =
  '{"id":"x:u:test","user":"u","history":[{"item":{"id":"a","title":"Title a","attributes":{"year":"1995"}},"rating":4.5,' +
  '"time":10},{"item":{"id":"b","title":"Title b"}}],"candidates":[{"id":"c","title":"Title c"},{"id":"d","title":' +
  '"Title d"}],"relevance":{"d":1}}\n';
const read = (text: string): Promise<JudgedTask[]> => readJudgedTasks(createMemoryFile('tasks.jsonl', text));

describe('renderJudgedTasks', () => {
  it('writes one line a task, and of an item what belongs to it', () => {
    const more = { ...judged.task.candidates[0]!, extra: 1 };
    const task = { ...judged.task, candidates: [more, item('d')] };
    expect([...renderJudgedTasks([{ ...judged, task }])]).toEqual([line]);
  });

  it('refuses what could not be read back', () => {
    expect(() => [...renderJudgedTasks([judged, judged])]).toThrow(
      'Expected tasks to be tasks with distinct ids, received "x:u:test".',
    );
    const endless = { ...judged, relevance: new Map([['d', Infinity]]) };
    expect(() => [...renderJudgedTasks([endless])]).toThrow('Expected d to be a finite number, received Infinity.');
  });
});

describe('readJudgedTasks', () => {
  it('reads what was written', async () => {
    const text = fc.string({ unit: 'binary' });
    const number = fc.double({ noDefaultInfinity: true, noNaN: true }).map((value) => value + 0);
    const anyItem = fc.record(
      { id: text, title: text, attributes: fc.dictionary(text, fc.oneof(text, fc.array(text))) },
      { requiredKeys: ['id', 'title'] },
    );
    const task = fc.record({
      task: fc.record({
        id: text,
        user: text,
        history: fc.array(fc.record({ item: anyItem, rating: number, time: number }, { requiredKeys: ['item'] })),
        candidates: fc.uniqueArray(anyItem, { selector: ({ id }) => id }),
      }),
      relevance: fc.array(fc.tuple(text, number)).map((entries) => new Map(entries)),
    });
    const tasks = fc.uniqueArray(task, { minLength: 1, maxLength: 4, selector: ({ task: { id } }) => id });
    await fc.assert(
      fc.asyncProperty(tasks, async (written) => {
        const lines = [...renderJudgedTasks(written as JudgedTask[])];
        expect(lines).toHaveLength(written.length);
        expect(await read(lines.join(''))).toEqual(written);
      }),
      { numRuns: 50 },
    );
  });

  it('passes over empty lines, CRLF and a byte order mark', async () => {
    expect(await read(`\uFEFF\r\n${line.replace('\n', '\r\n')}\n`)).toEqual([judged]);
  });

  const edit = (change: (parsed: Record<string, unknown>) => void): string => {
    const parsed = JSON.parse(line) as Record<string, unknown>;
    change(parsed);
    return JSON.stringify(parsed);
  };
  it.each([
    ['an empty file', '\n', 'tasks.jsonl: expected lines of text, received an empty file.'],
    ['blanks alone', ' \n', 'tasks.jsonl: expected a task a line, received none.'],
    ['what is no JSON', `${line}{`, 'tasks.jsonl, line 2: expected JSON, received "{".'],
    ['a list', '[]', 'line 1: expected the task to be an object, received Array of length 0.'],
    ['a task that comes again', line + line, 'line 2: expected tasks with distinct ids, received "x:u:test".'],
    ['a number as id', edit((task) => Object.assign(task, { id: 1 })), 'expected "id" to be text, received 1.'],
    ['a missing user', edit((task) => delete task['user']), 'expected "user" to be text, received undefined.'],
    [
      'a missing history',
      edit((task) => delete task['history']),
      'expected "history" to be a list, received undefined.',
    ],
    [
      'an entry without an item',
      edit((task) => Object.assign(task, { history: [{ id: 'a' }] })),
      'expected an item of "history" to be an object, received undefined.',
    ],
    [
      'a rating in words',
      edit((task) => Object.assign(task, { history: [{ item: item('a'), rating: 'good' }] })),
      'expected "rating" to be a number, received "good".',
    ],
    [
      'an endless time',
      edit((task) => Object.assign(task, { history: [{ item: item('a'), time: 7 }] })).replace('7', '1e999'),
      'expected "time" to be a number, received Infinity.',
    ],
    [
      'an item without a title',
      edit((task) => Object.assign(task, { candidates: [{ id: 'a' }] })),
      'expected "title" of an item of "candidates" to be text, received undefined.',
    ],
    [
      'numbers as attributes',
      edit((task) => Object.assign(task, { candidates: [{ ...item('a'), attributes: { year: [1995] } }] })),
      'expected "attributes" of text or lists of text, received Array of length 1.',
    ],
    [
      'a candidate that comes again',
      edit((task) => Object.assign(task, { candidates: [item('a'), item('a')] })),
      'expected different candidates, received "a".',
    ],
    [
      'a relevance that is null',
      edit((task) => Object.assign(task, { relevance: null })),
      'expected "relevance" to be an object, received null.',
    ],
    [
      'a gain in words',
      edit((task) => Object.assign(task, { relevance: { d: 'high' } })),
      'expected "relevance" to be a number, received "high".',
    ],
  ])('refuses %s', async (_, text, message) => {
    await expect(read(text)).rejects.toThrow(DatasetError);
    await expect(read(text)).rejects.toThrow(message);
  });

  it('leaves bad lines out and reports each', async () => {
    const bad: (number | undefined)[] = [];
    const file = createMemoryFile('tasks.jsonl', `{\n${line}${line}`);
    expect(await readJudgedTasks(file, { onBadLine: (error) => bad.push(error.line) })).toEqual([judged]);
    expect(bad).toEqual([1, 3]);
  });
});
