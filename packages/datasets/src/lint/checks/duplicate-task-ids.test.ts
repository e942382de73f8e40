import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

it('duplicate-task-ids: an id twice in one group or in two', () => {
  const train = [createExampleTask({ id: 'x', user: 't' }), createExampleTask({ id: 'x', user: 's' })];
  expect(lint({ train, report: [createExampleTask({ id: 'x' }), createExampleTask({ id: 'y' })] })).toEqual([
    {
      code: 'duplicate-task-ids',
      severity: 'error',
      message: 'Expected every task to have its own id, received 2 of 4 tasks with the id of an earlier one.',
      fix: 'Give each task an id of its own, also copies of one task and tasks of different groups.',
      counted: 'tasks',
      count: 2,
      examples: ['x', 'x'],
    },
  ]);
});
