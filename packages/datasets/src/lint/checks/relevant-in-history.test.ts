import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

it('relevant-in-history: the target shown, also where a user came back to it', () => {
  const report = [
    createExampleTask({ id: 'clean' }),
    createExampleTask({ id: 'shown', history: ['a', 'e', 'b'], candidates: ['e', 'f'] }),
    createExampleTask({ id: 'kept', history: ['g', 'a', 'g'], candidates: ['h', 'g'], relevant: ['g'] }),
    createExampleTask({ id: 'no gain', history: ['i'], candidates: ['k', 'l'], relevant: { i: 0, k: 1 } }),
  ];
  expect(lint({ report })).toEqual([
    expect.objectContaining({
      code: 'relevant-in-history',
      severity: 'error',
      message: 'Expected histories without the relevant item, received 2 of 4 tasks that show it.',
      count: 2,
      examples: ['shown', 'kept'],
    }),
  ]);
});
