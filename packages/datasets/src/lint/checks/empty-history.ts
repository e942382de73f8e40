import { type LintCheck, reportTasks } from '../lint-check.ts';

/** Tasks that say nothing about their user: no prompt can be personal. */
export const emptyHistory: LintCheck = {
  code: 'empty-history',
  severity: 'warning',
  find({ tasks }) {
    const faulty = tasks.filter(({ history }) => history.length === 0);
    return reportTasks(
      faulty,
      `Expected histories of at least one item, received ${faulty.length} of ${tasks.length} empty ones.`,
      'Choose users with a longer history (minimumHistory of splitUsers), or report users without one apart.',
    );
  },
};
