import { InvalidArgumentError, type JudgedTask } from '@rppkit/spec';
import { computeTaskChecksum } from './content-checksum.ts';
import type { ResponseTable } from './response-table.ts';

/**
 * The place of each task in the table, `Int32Array [tasks]`. Throws `InvalidArgumentError` for no tasks, a task that stands
 * twice, one that the table does not hold, and one whose history, candidates or examples are others than those recorded.
 */
export function matchTasks({ manifest }: ResponseTable, tasks: readonly JudgedTask[]): Int32Array {
  if (tasks.length === 0) throw new InvalidArgumentError('tasks', 'at least one task', tasks);
  const recorded = new Map(manifest.tasks.map(({ id, checksum }, place) => [id, { checksum, place }]));
  const taken = new Set<string>();
  return Int32Array.from(tasks, ({ task }) => {
    const { id } = task;
    const found = recorded.get(id);
    if (found === undefined) {
      throw new InvalidArgumentError('tasks', 'tasks of the table', id, 'Record a table with this task.');
    }
    if (taken.has(id)) throw new InvalidArgumentError('tasks', 'different tasks', id);
    taken.add(id);
    if (computeTaskChecksum(task) !== found.checksum) {
      throw new InvalidArgumentError(
        `what a prompt shows of task ${JSON.stringify(id)}`,
        'those that were recorded',
        'others',
        'Make the tasks with the data and seed of the recording.',
      );
    }
    return found.place;
  });
}
