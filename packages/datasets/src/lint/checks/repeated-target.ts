import { type LintCheck, reportTasks } from '../lint-check.ts';
import { findShownTargets } from '../shown-targets.ts';

/** A target that the user met before, as where repeats are kept: naming what the history shows is enough to find it. */
export const repeatedTarget: LintCheck = {
  code: 'repeated-target',
  severity: 'warning',
  find(input) {
    const { repeated } = findShownTargets(input);
    return reportTasks(
      repeated,
      `Expected targets that are new to their users, received ${repeated.length} of ${input.tasks.length} tasks whose history shows the target from an earlier time.`,
      "Resolve repeats ('last' or 'first'), or say that repeats count and compare with a ranker that repeats the history.",
    );
  },
};
