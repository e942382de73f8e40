import { type LintCheck, reportTasks } from '../lint-check.ts';
import { listOutsiders } from '../list-outsiders.ts';

/** Labels that are no interaction of their user, such as those of someone else. */
export const relevantNotOfUser: LintCheck = {
  code: 'relevant-not-of-user',
  severity: 'error',
  find(input) {
    const faulty = listOutsiders(input, ({ relevant }) => relevant);
    return reportTasks(
      faulty,
      `Expected relevant items that the tasks' own users interacted with, received ${faulty.length} of ${input.tasks.length} tasks with others.`,
      'Take relevance and user from the same row, and lint with the data set that the tasks were made from.',
    );
  },
};
