import { type LintCheck, reportTasks } from '../lint-check.ts';

/** A relevant item outside the candidates: no ranking can be right. */
export const unreachableRelevant: LintCheck = {
  code: 'unreachable-relevant',
  severity: 'error',
  find({ tasks }) {
    const faulty = tasks.filter(({ candidates, relevant }) => relevant.some((item) => !candidates.includes(item)));
    return reportTasks(
      faulty,
      `Expected every relevant item among the candidates, received ${faulty.length} of ${tasks.length} tasks where one is missing.`,
      'Add the target to the candidates, in place of a negative. Candidate files often list negatives only.',
    );
  },
};
