import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

it('same-target: a reward item that is a report item of the same user', () => {
  const report = [
    createExampleTask({ id: 'r1', user: 'u', candidates: ['c', 'd'], relevant: ['c'] }),
    createExampleTask({ id: 'r2', user: 'u', candidates: ['e', 'd'], relevant: ['e'] }),
  ];
  const train = [
    createExampleTask({ id: 't1', user: 'u', candidates: ['d', 'e'], relevant: ['e'] }),
    createExampleTask({ id: 't2', user: 'u', candidates: ['d', 'c'], relevant: ['d'] }),
    createExampleTask({ id: 't3', user: 'v', candidates: ['f', 'c'], relevant: ['c'] }),
  ];
  const validation = [createExampleTask({ id: 'v1', user: 'u', candidates: ['f', 'c'], relevant: ['c'] })];
  const finding = lint({ train, validation, report }).find(({ code }) => code === 'same-target');
  expect(finding).toMatchObject({ severity: 'error', counted: 'tasks', count: 2, examples: ['t1', 'v1'] });
  expect(finding!.message).toContain('received 2 training or validation tasks');
});
