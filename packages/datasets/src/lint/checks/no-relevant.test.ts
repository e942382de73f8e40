import { expect, it } from 'vitest';
import { createExampleTask } from '../example-task.ts';
import { lint } from '../lint.ts';

it('no-relevant: no gain above 0', () => {
  const report = [
    createExampleTask({ id: 'none', relevant: [] }),
    createExampleTask({ id: 'zero', candidates: ['e', 'f'], relevant: { e: 0 } }),
    createExampleTask({ id: 'small', candidates: ['g', 'h'], relevant: { g: 0, h: 0.1 } }),
  ];
  expect(lint({ report })).toEqual([
    expect.objectContaining({ code: 'no-relevant', severity: 'error', count: 2, examples: ['none', 'zero'] }),
  ]);
});
