import { type LintCheck, reportTasks } from '../lint-check.ts';
import { listOutsiders } from '../list-outsiders.ts';

/** Histories with items that their user never interacted with, such as the history of someone else. */
export const foreignHistory: LintCheck = {
  code: 'foreign-history',
  severity: 'error',
  find(input) {
    const faulty = listOutsiders(input, ({ history }) => history);
    return reportTasks(
      faulty,
      `Expected histories of the tasks' own users, received ${faulty.length} of ${input.tasks.length} tasks with history items that the user never interacted with in the data set.`,
      'Take history and user from the same row, and lint with the data set that the tasks were made from.',
    );
  },
};
