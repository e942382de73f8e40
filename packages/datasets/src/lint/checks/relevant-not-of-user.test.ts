import { expect, it } from 'vitest';
import { createInteractionLog } from '../../interaction-log.ts';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

const rows = [...'abc', 'd'].map((item, row) => ({ user: item === 'd' ? 'v' : 'u', item, time: 1e9 + row }));
const dataset = { name: 'x', log: createInteractionLog(rows), order: 'timestamp' } as const;

it('relevant-not-of-user: the label of someone else', () => {
  const report = [
    createExampleTask({ id: 'own', candidates: ['c', 'd'], relevant: { c: 1, d: 0 } }),
    createExampleTask({ id: 'other', candidates: ['c', 'd', 'e'], relevant: ['c', 'd'] }),
  ];
  const finding = lint({ report }, { dataset }).find(({ code }) => code === 'relevant-not-of-user');
  expect(finding).toMatchObject({ severity: 'error', count: 1, examples: ['other'] });
  expect(lint({ report }).map(({ code }) => code)).toEqual(['uneven-candidates']);
});
