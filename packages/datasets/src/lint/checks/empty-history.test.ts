import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

it('empty-history: nothing is known of the user', () => {
  const report = [createExampleTask({ id: 'empty', history: [] }), createExampleTask({ candidates: ['d', 'c'] })];
  expect(lint({ report })).toEqual([
    expect.objectContaining({ code: 'empty-history', severity: 'warning', count: 1, examples: ['empty'] }),
  ]);
});
