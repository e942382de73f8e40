import { type LintCheck, reportTasks } from '../lint-check.ts';
import { findShownTargets } from '../shown-targets.ts';

/** A relevant item that the prompt shows as history. Where the user came back to it, `repeatedTarget` says so instead. */
export const relevantInHistory: LintCheck = {
  code: 'relevant-in-history',
  severity: 'error',
  find(input) {
    const { leaked } = findShownTargets(input);
    return reportTasks(
      leaked,
      `Expected histories without the relevant item, received ${leaked.length} of ${input.tasks.length} tasks that show it.`,
      "End the history before the target, and where users repeat items drop the target's earlier rows (repeats 'last' or 'first').",
    );
  },
};
