import { NoRelevantItemError } from '@rppkit/metrics';
import { type Encoder, InvalidArgumentError, type JudgedTask, type VectorEnvironment } from '@rppkit/spec';
import { computeObservationSize } from './encoders/encoder.ts';
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

/** Throws `InvalidArgumentError` where the encoders of the observation write nothing or two of all share a name. */
export function assertEncoders(encoders: readonly Encoder[], stateEncoders: readonly Encoder[]): void {
  const names = [...encoders, ...stateEncoders].map(({ name }) => name);
  if (computeObservationSize(encoders) < 1)
    throw new InvalidArgumentError('encoders', 'at least one that writes a float', encoders);
  if (new Set(names).size !== names.length) {
    throw new InvalidArgumentError('encoders', 'encoders with different names', names.join(', '));
  }
}

/** The log-probabilities of each row, in the order of the agents. Throws `InvalidArgumentError` for a wrong shape. */
export function transposeLogProbabilities(
  logProbabilities: Readonly<Record<string, Float32Array>>,
  { agents, batchSize }: Pick<VectorEnvironment, 'agents' | 'batchSize'>,
): readonly (readonly number[])[] {
  const columns = agents.map((agent) => {
    const column = logProbabilities[agent];
    if (column?.length === batchSize) return column;
    throw new InvalidArgumentError(`logProbabilities.${agent}`, `a Float32Array of length ${batchSize}`, column);
  });
  return Array.from({ length: batchSize }, (_, row) => columns.map((column) => column[row]!));
}
