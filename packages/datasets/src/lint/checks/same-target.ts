import { type LintCheck, reportTasks } from '../lint-check.ts';

/** A user's reward item that is also the user's report item: the report label was trained on. */
export const sameTarget: LintCheck = {
  code: 'same-target',
  severity: 'error',
  find({ tasks }) {
    const reported = new Map<number, Set<number>>();
    for (const { role, user, relevant } of tasks) {
      if (role !== 'report') continue;
      const own = reported.get(user) ?? new Set();
      for (const item of relevant) own.add(item);
      reported.set(user, own);
    }
    const faulty = tasks.filter(({ role, user, relevant }) => {
      const own = role === 'report' ? undefined : reported.get(user);
      return own !== undefined && relevant.some((item) => own.has(item));
    });
    return reportTasks(
      faulty,
      `Expected rewards from other items than the report, received ${faulty.length} training or validation tasks with a report item of their user.`,
      "Reward with target 'validation' and report with target 'test', on users of their own.",
    );
  },
};
