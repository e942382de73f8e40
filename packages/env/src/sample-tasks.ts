import { InvalidArgumentError, type RandomStream, samplePermutation } from '@rppkit/spec';

/**
 * `count` of the tasks, or of their numbers, drawn uniformly: a task repeats only when all others have been taken as often.
 * Throws `InvalidArgumentError` for no tasks.
 */
export function sampleTasks<Task>(random: RandomStream, tasks: readonly Task[], count: number): readonly Task[] {
  if (tasks.length === 0) throw new InvalidArgumentError('tasks', 'at least one task', tasks);
  const chosen: Task[] = [];
  while (chosen.length < count) {
    const order = samplePermutation(random, tasks.length);
    for (let index = 0; index < order.length && chosen.length < count; index++) chosen.push(tasks[order[index]!]!);
  }
  return chosen;
}
