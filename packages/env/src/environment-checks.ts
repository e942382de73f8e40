import { NoRelevantItemError } from '@rppkit/metrics';
import type { JointAction, PatternSpace } from '@rppkit/patterns';
import {
  type Encoder,
  InvalidArgumentError,
  type JointActions,
  type JudgedTask,
  type VectorEnvironment,
} from '@rppkit/spec';
import { computeGains, computeRankingsScore, type JudgingOptions } from './reward.ts';

/**
 * Throws `InvalidArgumentError` for no tasks, two tasks of one id, a candidate that stands twice, or labels that the metric
 * cannot judge, and `NoRelevantItemError` for a task without a relevant candidate.
 */
export function assertJudgedTasks(tasks: readonly JudgedTask[], judging: JudgingOptions): void {
  if (!Array.isArray(tasks as unknown) || tasks.length === 0) {
    throw new InvalidArgumentError('tasks', 'an array of at least one task', tasks);
  }
  const ids = new Set<string>();
  for (const judged of tasks) {
    assertJudgedTask(judged);
    const { id, user, candidates } = judged.task;
    if (ids.has(id))
      throw new InvalidArgumentError('tasks', 'tasks with different ids', id, 'Ids name random streams.');
    ids.add(id);
    if (new Set(candidates.map((item) => item.id)).size !== candidates.length) {
      throw new InvalidArgumentError(`candidates of task ${JSON.stringify(id)}`, 'different items', candidates);
    }
    // Found now, not after the model has been paid for an answer that cannot be judged.
    if (!computeGains(judged).some((gain) => gain > 0)) throw new NoRelevantItemError(user);
    computeRankingsScore(judged, [[]], judging);
  }
}

function assertJudgedTask(judged: JudgedTask): void {
  const { task, relevance } = (judged ?? {}) as Partial<JudgedTask>;
  const isTask = typeof task?.id === 'string' && Array.isArray(task.history) && Array.isArray(task.candidates);
  if (!isTask || typeof relevance?.get !== 'function') {
    throw new InvalidArgumentError(
      'tasks',
      'judged tasks, { task, relevance } with a Map from item id to gain',
      judged,
      'Wrap ranking tasks with their labels; new Map(Object.entries(…)) makes a Map of an object.',
    );
  }
}

/** Throws `InvalidArgumentError` for what is no pattern space, such as patterns without a domain. */
export function assertPatternSpace(space: PatternSpace): void {
  if (Array.isArray(space?.patterns) && typeof space.domain === 'object') return;
  throw new InvalidArgumentError('space', 'a pattern space', space, 'Make one with createPatternSpace.');
}

/** Throws `InvalidArgumentError` naming an option that does not exist. */
export function assertNoOtherOptions(others: object, where: string): void {
  const [name] = Object.keys(others);
  if (name !== undefined) {
    throw new InvalidArgumentError(where, 'known options only', name, 'Correct its name or leave it out.');
  }
}

/**
 * Throws `InvalidArgumentError` for no encoders of the observation, for a size that is no positive integer or that the shape
 * does not multiply to, and where two of all share a name.
 */
export function assertEncoders(encoders: readonly Encoder[], stateEncoders: readonly Encoder[] = []): void {
  if (!Array.isArray(encoders as unknown) || encoders.length === 0) {
    throw new InvalidArgumentError('encoders', 'an array of at least one that writes a float', encoders);
  }
  const all = [...encoders, ...stateEncoders];
  for (const { name, size, shape = [size] } of all) {
    if (!Number.isInteger(size) || size < 1) {
      throw new InvalidArgumentError(`the size of encoder ${name}`, 'a positive integer', size);
    }
    const product = shape.reduce((floats, length) => floats * length, 1);
    if (product !== size) {
      throw new InvalidArgumentError(`the shape of encoder ${name}`, `one of ${size} floats, its size`, product);
    }
  }
  const names = all.map(({ name }) => name);
  if (new Set(names).size !== names.length) {
    throw new InvalidArgumentError('encoders', 'encoders with different names', names.join(', '));
  }
}

/** The choice of one row. Throws `InvalidArgumentError` for a column of another length and an illegal action. */
export function readActions(
  actions: JointActions,
  {
    space,
    masks,
    row,
    batchSize,
  }: {
    readonly space: PatternSpace;
    readonly masks: readonly Uint8Array[];
    readonly row: number;
    readonly batchSize: number;
  },
): JointAction {
  return space.patterns.map(({ name, expressions }, position) => {
    const column = actions?.[name];
    if (column === undefined || column.length !== batchSize) {
      throw new InvalidArgumentError(`actions.${name}`, `an Int32Array of length ${batchSize}`, column);
    }
    const action = column[row]!;
    if (masks[position]![action] !== 1) {
      throw new InvalidArgumentError(
        `actions.${name}[${row}]`,
        `a legal action in [0, ${expressions.length})`,
        action,
        'Heed actionMasks of the step before.',
      );
    }
    return action;
  });
}

/**
 * What `step` was given as log-probabilities, row by row, in the order of the agents. `choices` holds what each row chose;
 * undefined for one that does not act. Throws `InvalidArgumentError` for a wrong shape, and where one of a row that acts is
 * no logarithm of a probability.
 */
export function transposeLogProbabilities(
  logProbabilities: Readonly<Record<string, Float32Array>>,
  { agents, batchSize }: Pick<VectorEnvironment, 'agents' | 'batchSize'>,
  choices: readonly unknown[],
): readonly (readonly number[])[] {
  const columns = agents.map((agent) => {
    const column = logProbabilities[agent];
    if (column?.length === batchSize) return column;
    throw new InvalidArgumentError(`logProbabilities.${agent}`, `a Float32Array of length ${batchSize}`, column);
  });
  return choices.map((choice, row) =>
    columns.map((column, position) => {
      const value = column[row]!;
      // A softmax in single precision may give a little more than 1.
      if (choice !== undefined && !(value > Number.NEGATIVE_INFINITY && value < 1e-3)) {
        const argument = `logProbabilities.${agents[position]}[${row}]`;
        throw new InvalidArgumentError(argument, 'finite and at most 0', value, 'Pass natural logarithms.');
      }
      return value;
    }),
  );
}
