import { InvalidArgumentError, type RankingTask } from '@rppkit/spec';

/** Throws `InvalidArgumentError` for no tasks, and for judged tasks, whose labels no encoder may see. */
export function assertTrainingTasks(tasks: readonly RankingTask[]): void {
  if (!Array.isArray(tasks as unknown) || tasks.length === 0) {
    throw new InvalidArgumentError('tasks', 'an array of at least one training task', tasks);
  }
  const other = tasks.find((task) => !Array.isArray(task?.history) || !Array.isArray(task.candidates));
  if (other === undefined) return;
  const advice = 'Of judged tasks pass tasks.map(({ task }) => task).';
  throw new InvalidArgumentError('tasks', 'ranking tasks', other, advice);
}
