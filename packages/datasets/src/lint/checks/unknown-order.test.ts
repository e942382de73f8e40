import { expect, it } from 'vitest';
import { createInteractionLog } from '../../interaction-log.ts';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

it('unknown-order: a data set whose order is "none"', () => {
  const log = createInteractionLog([...'abc'].map((item, row) => ({ user: 'u', item, time: 1e9 + row })));
  const report = [createExampleTask({ id: 'x' })];
  expect(lint({ report }, { dataset: { name: 'x', log, order: 'none' }, titles: false })).toEqual([
    expect.objectContaining({ code: 'unknown-order', severity: 'error', count: 1, examples: ['x'] }),
  ]);
  expect(lint({ report }, { dataset: { name: 'x', log, order: 'timestamp' }, titles: false })).toEqual([]);
});
