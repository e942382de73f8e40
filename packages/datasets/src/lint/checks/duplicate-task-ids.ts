import { type LintCheck, reportTasks } from '../lint-check.ts';

/** Task ids that occur more than once: streams, stored answers and comparisons would mix the tasks up. */
export const duplicateTaskIds: LintCheck = {
  code: 'duplicate-task-ids',
  severity: 'error',
  find({ tasks }) {
    const seen = new Set<string>();
    const faulty = tasks.filter(({ task }) => seen.size === seen.add(task.id).size);
    return reportTasks(
      faulty,
      `Expected every task to have its own id, received ${faulty.length} of ${tasks.length} tasks with the id of an earlier one.`,
      'Give each task an id of its own, also copies of one task and tasks of different groups.',
    );
  },
};
