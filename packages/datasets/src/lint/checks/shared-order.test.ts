import type { JudgedTask } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

const createOrdered = (name: string, user: string, order: string): JudgedTask =>
  createExampleTask({
    id: name,
    user,
    candidates: [...order],
    relevant: [order[name.length % order.length]!],
    history: ['1'],
  });
const findShared = (report: readonly JudgedTask[]) =>
  lint({ report }, { titles: false }).filter(({ code }) => code === 'shared-order');

it('shared-order: copies of one task, and tasks of others', () => {
  const report = [
    createOrdered('first', 'u', 'abcdefgh'),
    createOrdered('shuffled', 'u', 'hgfedcba'),
    createOrdered('copy', 'u', 'abcdefgh'),
    createOrdered('other user', 'v', 'abcdefgh'),
    createOrdered('other items', 'v', 'ijklmnop'),
  ];
  expect(findShared(report)).toEqual([
    expect.objectContaining({
      severity: 'warning',
      message:
        'Expected an order of its own for each task with equal candidates, received 2 of 5 tasks in the order of an earlier one, 1 of them of the same user.',
      count: 2,
      examples: ['copy', 'other user'],
    }),
  ]);
  expect(findShared(report.slice(0, 2))).toEqual([]);
});

it('shared-order: is silent where few candidates agree by chance, and finds what chance does not explain', () => {
  const orders = ['abc', 'acb', 'bac', 'bca', 'cab', 'cba'];
  const even = Array.from({ length: 60 }, (_, task) => createOrdered(`t${task}`, `u${task}`, orders[task % 6]!));
  expect(findShared(even)).toEqual([]);
  // Pairs that agree: 1770 of 1770, expected 295 with variance 245.8; Cantelli: 245.8 / (245.8 + 1475^2) = .00011.
  const equal = Array.from({ length: 60 }, (_, task) => createOrdered(`t${task}`, `u${task}`, 'abc'));
  expect(findShared(equal)).toMatchObject([{ count: 59 }]);
  // One pair of one: at most (1/6 x 5/6) / (1/6 x 5/6 + (5/6)^2) = 1/6.
  expect(findShared(equal.slice(0, 2))).toEqual([]);
});

it('shared-order: one candidate has one order only', () => {
  expect(findShared([createOrdered('x', 'u', 'a'), createOrdered('y', 'u', 'a')])).toEqual([]);
});
