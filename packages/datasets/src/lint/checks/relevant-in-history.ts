import { type LintCheck, reportTasks } from '../lint-check.ts';

/** A relevant item that the prompt shows as history, also where repeats are kept and the user came back to the item. */
export const relevantInHistory: LintCheck = {
  code: 'relevant-in-history',
  severity: 'error',
  find({ tasks }) {
    const faulty = tasks.filter(({ history, relevant }) => relevant.some((item) => history.includes(item)));
    return reportTasks(
      faulty,
      `Expected histories without the relevant item, received ${faulty.length} of ${tasks.length} tasks that show it.`,
      "End the history before the target, and where users repeat items drop the target's earlier rows (repeats 'last' or 'first').",
    );
  },
};
