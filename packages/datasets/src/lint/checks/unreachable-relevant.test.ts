import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

it('unreachable-relevant: the target, or one of several, is not offered', () => {
  const report = [
    createExampleTask({ id: 'absent', candidates: ['c', 'd'], relevant: ['e'] }),
    createExampleTask({ id: 'partly', candidates: ['e', 'f'], relevant: ['e', 'g'] }),
    createExampleTask({ id: 'clean', candidates: ['g', 'f'] }),
  ];
  // Items that a label names first have no title; this must not make them look untitled.
  expect(lint({ report })).toEqual([
    expect.objectContaining({
      code: 'unreachable-relevant',
      severity: 'error',
      count: 2,
      examples: ['absent', 'partly'],
    }),
  ]);
});
