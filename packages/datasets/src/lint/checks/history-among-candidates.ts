import { type LintCheck, reportTasks } from '../lint-check.ts';

/** Negatives that the history shows: a ranker may know them as liked, or drop them as seen. */
export const historyAmongCandidates: LintCheck = {
  code: 'history-among-candidates',
  severity: 'warning',
  find({ tasks, items }) {
    // Number of the last task (from 1) whose history has the item.
    const seenIn = new Int32Array(items.length);
    const faulty = tasks.filter(({ history, candidates, relevant }, index) => {
      for (const item of history) seenIn[item] = index + 1;
      return candidates.some((item) => seenIn[item] === index + 1 && !relevant.includes(item));
    });
    return reportTasks(
      faulty,
      `Expected negatives that the history does not show, received ${faulty.length} of ${tasks.length} tasks with others.`,
      'Leave history items out when negatives are drawn or read from a candidate file.',
    );
  },
};
