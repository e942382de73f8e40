import type { IndexedTask } from './index-tasks.ts';
import type { LintInput } from './lint-check.ts';

/**
 * Tasks where `select` gives an item that the task's user never interacted with; all items of a user whom the data set does
 * not know are such. Empty without a data set.
 */
export function listOutsiders(
  { tasks, items, interactions, dataset }: LintInput,
  select: (task: IndexedTask) => Int32Array | readonly number[],
): IndexedTask[] {
  if (dataset === undefined || interactions === undefined) return [];
  // Number of the last task (from 1) whose user interacted with the item.
  const ownedBy = new Int32Array(items.length);
  return tasks.filter((task, index) => {
    if (task.user < dataset.log.users.length)
      for (const item of interactions.items(task.user)) ownedBy[item] = index + 1;
    return select(task).some((item) => ownedBy[item] !== index + 1);
  });
}
