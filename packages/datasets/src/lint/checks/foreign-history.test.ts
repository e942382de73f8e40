import { expect, it } from 'vitest';
import { createInteractionLog } from '../../interaction-log.ts';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

const rows = [...'abc', 'd'].map((item, row) => ({ user: item === 'd' ? 'v' : 'u', item, time: 1e9 + row }));
const dataset = { name: 'x', log: createInteractionLog(rows), order: 'timestamp' } as const;

it('foreign-history: items of others, of nobody, and of a user whom the data set does not know', () => {
  const report = [
    createExampleTask({ id: 'own', history: ['b', 'a'], candidates: ['c', 'e'] }),
    createExampleTask({ id: 'other', history: ['a', 'd'], candidates: ['c', 'f'] }),
    createExampleTask({ id: 'nobody', history: ['a', 'g'], candidates: ['c', 'h'] }),
    createExampleTask({ id: 'stranger', user: 'w', history: ['a'], candidates: ['i', 'j'] }),
    createExampleTask({ id: 'next stranger', user: 'x', history: ['a'], candidates: ['k', 'l'] }),
  ];
  expect(lint({ report })).toEqual([]);
  const findings = lint({ report }, { dataset });
  expect(findings.map(({ code, severity, examples }) => [code, severity, examples])).toEqual([
    ['foreign-history', 'error', ['other', 'nobody', 'stranger', 'next stranger']],
    ['relevant-not-of-user', 'error', ['stranger', 'next stranger']],
  ]);
  expect(findings[0]!.message).toContain('received 4 of 5 tasks');
});
