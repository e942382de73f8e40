import { type LintCheck, reportTasks } from '../lint-check.ts';

/** Tasks without an item of positive gain: every ranking of them is worth the same. */
export const noRelevant: LintCheck = {
  code: 'no-relevant',
  severity: 'error',
  find({ tasks }) {
    const faulty = tasks.filter(({ relevant }) => relevant.length === 0);
    return reportTasks(
      faulty,
      `Expected at least one item with a gain above 0, received none in ${faulty.length} of ${tasks.length} tasks.`,
      'Give the target a gain of 1, or leave out users without one.',
    );
  },
};
