import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

it('uneven-candidates: tasks that have not the usual number', () => {
  const report = [
    createExampleTask({ id: 'three', candidates: ['c', 'd', 'e'] }),
    createExampleTask({ id: 'two', candidates: ['f', 'g'] }),
    createExampleTask({ id: 'also two', candidates: ['h', 'i'] }),
  ];
  expect(lint({ report })).toEqual([
    expect.objectContaining({
      code: 'uneven-candidates',
      severity: 'warning',
      message: 'Expected equally many candidates in all tasks, received 2 to 3: 1 of 3 tasks have not the usual 2.',
      count: 1,
      examples: ['three'],
    }),
  ]);
  expect(lint({ report: report.slice(0, 2) })).toMatchObject([{ examples: ['three'] }]);
});
