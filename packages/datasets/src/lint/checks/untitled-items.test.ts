import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

it('untitled-items: titles that are ids, in candidates or histories, each item once', () => {
  const titles = { a: 'a', c: 'c', d: 'C' };
  const report = [
    createExampleTask({ id: 'x', titles }),
    createExampleTask({ id: 'y', titles, history: ['e'], candidates: ['c', 'f'] }),
  ];
  expect(lint({ report }).filter(({ code }) => code === 'untitled-items')).toEqual([
    {
      code: 'untitled-items',
      severity: 'warning',
      message: 'Expected items with titles, received 2 of 6 items in tasks whose title is their id.',
      fix: 'Load the file that holds the titles, or leave out items without one.',
      counted: 'items',
      count: 2,
      examples: ['a', 'c'],
    },
  ]);
});
