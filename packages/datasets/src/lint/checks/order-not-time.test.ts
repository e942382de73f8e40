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
    createTimed('partly timed', [undefined, 3, undefined, 2]),
  ];
  expect(lint({ report })).toEqual([
    expect.objectContaining({
      code: 'order-not-time',
      message: 'Expected histories oldest first, received 2 of 4 tasks where times decrease.',
      examples: ['falling', 'mixed'],
    }),
  ]);
});
