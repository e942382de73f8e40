import { type LintCheck, reportTasks } from '../lint-check.ts';

/** An item offered twice in one task: fewer items to rank than it seems, and answers that cannot be told apart. */
export const duplicateCandidates: LintCheck = {
  code: 'duplicate-candidates',
  severity: 'error',
  find({ tasks, items }) {
    // Number of the last task (from 1) that offered the item.
    const offeredBy = new Int32Array(items.length);
    const faulty = tasks.filter(({ candidates }, index) =>
      candidates.some((item) => {
        const isRepeat = offeredBy[item] === index + 1;
        offeredBy[item] = index + 1;
        return isRepeat;
      }),
    );
    return reportTasks(
      faulty,
      `Expected candidates that differ, received ${faulty.length} of ${tasks.length} tasks with an item twice.`,
      'Draw negatives without replacement, and not the target.',
    );
  },
};
