import type { JudgedTask } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { createInteractionLog } from '../../interaction-log.ts';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

it('order-not-time: a declared column, and what "last" means then', () => {
  const rows = [...'abc'].map((item, position) => ({ user: 'u', item, position }));
  const report = [createExampleTask({ id: 'x' })];
  const { position, ...log } = createInteractionLog(rows);
  const lintOf = (dataset: object) =>
    lint({ report }, { dataset: { name: 'x', order: 'column', ...dataset } as never, titles: false });
  expect(lintOf({ log: { ...log, position } })).toEqual([
    expect.objectContaining({
      code: 'order-not-time',
      severity: 'warning',
      message: expect.stringContaining('such as most played where it counts plays'),
      count: 1,
      examples: ['x'],
    }),
  ]);
  expect(lintOf({ log })).toMatchObject([{ message: expect.stringContaining('last row of the file') }]);
});

it('order-not-time: times that decrease', () => {
  const createTimed = (id: string, times: readonly (number | undefined)[]): JudgedTask => {
    const { task, relevance } = createExampleTask({
      id,
      history: times.map((_, index) => `${id}${index}`),
      candidates: [`${id}c`, 'd'],
    });
    const history = task.history.map((entry, index) =>
      times[index] === undefined ? entry : { ...entry, time: times[index] },
    );
    return { task: { ...task, history }, relevance };
  };
  const report = [
    createTimed('rising', [1, 2, 2, 5]),
    createTimed('falling', [5, 2, 1]),
    createTimed('mixed', [1, 3, 2]),
    createTimed('partly timed', [undefined, 3, undefined, 4]),
    createTimed('across a gap', [undefined, 3, undefined, 2]),
  ];
  expect(lint({ report })).toEqual([
    expect.objectContaining({
      code: 'order-not-time',
      message: 'Expected histories oldest first, received 3 of 5 tasks where times decrease.',
      examples: ['falling', 'mixed', 'across a gap'],
    }),
  ]);
});

it('order-not-time: play counts in a column that was loaded as time (method.md defect 10)', () => {
  const plays = [13_883, 11_690, 352_698];
  const log = createInteractionLog([...'abc'].map((item, row) => ({ user: 'u', item, time: plays[row]! })));
  const report = [createExampleTask({ id: 'x', history: ['b', 'a'] })];
  const find = (time: Float64Array | undefined) => {
    const { time: _, ...timeless } = log;
    const dataset = { name: 'x', log: time === undefined ? timeless : { ...log, time }, order: 'timestamp' } as const;
    return lint({ report }, { dataset, titles: false }).filter(({ code }) => code === 'order-not-time');
  };
  expect(find(log.time)).toEqual([
    expect.objectContaining({
      severity: 'warning',
      message: expect.stringContaining('between the years 1990 and 2100, received 13883: the order of 1 tasks may be'),
      fix: expect.stringContaining("declare order 'column'"),
    }),
  ]);
  // Milliseconds are none either.
  expect(find(Float64Array.of(1e9, 1e9, 1.7e12))).toMatchObject([
    { message: expect.stringContaining('1700000000000') },
  ]);
  expect(find(Float64Array.of(1e9, 1e9, 1.7e9))).toEqual([]);
  expect(find(undefined)).toEqual([]);
});
