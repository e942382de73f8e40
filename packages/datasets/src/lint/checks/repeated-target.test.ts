import { expect, it } from 'vitest';
import { createInteractionLog } from '../../interaction-log.ts';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

// u met a twice and b once.
const rows = [...'abac'].map((item, row) => ({ user: 'u', item, time: 1e9 + row }));
const dataset = { name: 'x', log: createInteractionLog(rows), order: 'timestamp' } as const;
const find = (...history: string[]) =>
  lint({ report: [createExampleTask({ id: 'x', history, candidates: ['a', 'n'] })] }, { dataset, titles: false }).map(
    ({ code, severity }) => [code, severity],
  );

it('repeated-target: a target that the user met before, where repeats are kept', () => {
  expect(find('a', 'b')).toEqual([['repeated-target', 'warning']]);
  expect(find('b')).toEqual([]);
});

it('repeated-target: as many rows in the history as the user has are a leak', () => {
  expect(find('a', 'b', 'a')).toEqual([['relevant-in-history', 'error']]);
  const stranger = [createExampleTask({ user: 'w', history: ['a'], candidates: ['a', 'n'] })];
  expect(lint({ report: stranger }, { dataset }).map(({ code }) => code)).toContain('relevant-in-history');
});
