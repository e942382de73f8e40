import { expect, it } from 'vitest';
import { createExampleTask } from './example-task.ts';
import { lint } from './lint.ts';
import { assertNoErrors, ProtocolError } from './protocol-error.ts';

it('assertNoErrors lists codes, counts and fixes of errors and lets warnings pass', () => {
  const warnings = lint({ report: [createExampleTask({ history: [] })] });
  expect(warnings.map(({ code }) => code)).toEqual(['empty-history']);
  expect(() => assertNoErrors(warnings)).not.toThrow();
  expect(() => assertNoErrors([])).not.toThrow();
  const findings = lint({
    train: [createExampleTask({ id: 'first' })],
    report: [createExampleTask({ id: 'second', history: [], relevant: [] })],
  });
  let thrown: unknown;
  try {
    assertNoErrors(findings);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({
    code: 'PROTOCOL',
    findings: [{ code: 'shared-users' }, { code: 'no-relevant' }],
    message:
      'Expected tasks without protocol errors, received 2. ' +
      'shared-users (1 users): Split the users with splitUsers before tasks are made. ' +
      'no-relevant (1 tasks): Give the target a gain of 1, or leave out users without one.',
  });
  expect(ProtocolError.isInstance(thrown)).toBe(true);
  expect(ProtocolError.isInstance(new Error())).toBe(false);
});
