import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

it('history-among-candidates: a negative from the history of the same task', () => {
  const report = [
    createExampleTask({ id: 'shown', history: ['a', 'b'], candidates: ['c', 'b'] }),
    createExampleTask({ id: 'of another', history: ['e'], candidates: ['d', 'a'] }),
  ];
  expect(lint({ report })).toEqual([
    expect.objectContaining({ code: 'history-among-candidates', severity: 'warning', count: 1, examples: ['shown'] }),
  ]);
});

it('history-among-candidates: a relevant item in the history is another finding', () => {
  const report = [createExampleTask({ history: ['c'], candidates: ['c', 'd'] })];
  expect(lint({ report }).map(({ code }) => code)).toEqual(['relevant-in-history']);
});
