import { NoRelevantItemError } from '@rppkit/metrics';
import { InvalidArgumentError, type JudgedTask } from '@rppkit/spec';
import { computeObservationSize, type Encoder } from './encoders/encoder.ts';
import { computeGains } from './reward.ts';

/**
 * Throws `InvalidArgumentError` for no tasks, two tasks of one id or a candidate that stands twice, and
 * `NoRelevantItemError` for a task without a relevant candidate.
 */
export function assertJudgedTasks(tasks: readonly JudgedTask[]): void {
  if (tasks.length === 0) throw new InvalidArgumentError('tasks', 'at least one task', tasks);
  const ids = new Set<string>();
  for (const judged of tasks) {
    const { id, user, candidates } = judged.task;
    if (ids.has(id))
      throw new InvalidArgumentError('tasks', 'tasks with different ids', id, 'Ids name random streams.');
    ids.add(id);
    if (new Set(candidates.map((item) => item.id)).size !== candidates.length) {
      throw new InvalidArgumentError(`candidates of task ${JSON.stringify(id)}`, 'different items', candidates);
    }
    // Found now, not after the model has been paid for an answer that cannot be judged.
    if (!computeGains(judged).some((gain) => gain > 0)) throw new NoRelevantItemError(user);
  }
}

/** Throws `InvalidArgumentError` where the encoders write nothing or two share a name. */
export function assertEncoders(encoders: readonly Encoder[]): void {
  const names = encoders.map(({ name }) => name);
  if (computeObservationSize(encoders) < 1)
    throw new InvalidArgumentError('encoders', 'at least one that writes a float', encoders);
  if (new Set(names).size !== names.length) {
    throw new InvalidArgumentError('encoders', 'encoders with different names', names.join(', '));
  }
}
