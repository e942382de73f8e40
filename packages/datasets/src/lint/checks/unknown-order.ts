import { type LintCheck, reportTasks } from '../lint-check.ts';

/** A data set without an order: no item is a user's last, so nothing says what was to be predicted. */
export const unknownOrder: LintCheck = {
  code: 'unknown-order',
  severity: 'error',
  find({ tasks, dataset }) {
    if (dataset?.order !== 'none') return [];
    return reportTasks(
      tasks,
      `Expected a data set with an order, received order "none": "history" and "last item" of ${tasks.length} tasks mean nothing.`,
      "Load a time column, or declare order 'column' where rows stand in the order in which things happened.",
    );
  },
};
