import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

it('duplicate-candidates: an item twice in one task, not in two', () => {
  const report = [
    createExampleTask({ id: 'twice', candidates: ['c', 'd', 'c'] }),
    createExampleTask({ id: 'clean', candidates: ['d', 'c', 'e'] }),
  ];
  expect(lint({ report })).toEqual([
    expect.objectContaining({ code: 'duplicate-candidates', severity: 'error', count: 1, examples: ['twice'] }),
  ]);
});
