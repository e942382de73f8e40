import type { RankingExample, TaskWithExamples } from '@rppkit/patterns';
import { type EmbeddingTable, InvalidArgumentError, type JudgedTask, type RankingTask } from '@rppkit/spec';
import { createUserNeighbours } from './user-neighbours.ts';

export interface SimilarUserExamplesOptions {
  /** Where examples come from: training tasks alone, never those of a report. Of a user with several the last counts. */
  readonly tasks: readonly JudgedTask[];
  /** User vectors of any model that was fitted on training interactions; training users whom it does not know are left out. */
  readonly table: EmbeddingTable;
  /** Examples a task, at least 1; default 3. */
  readonly count?: number;
  /** Most recent items of an example's history, at least 1; default 5. */
  readonly historyLength?: number;
  /** The vector of a task's user, of the table's dimensions; default: what the table has. Needed for new users. */
  readonly computeVector?: (task: RankingTask) => Float32Array | undefined;
}

/** Worked examples for the prompts of any user. */
export interface SimilarUserExamples {
  readonly count: number;
  /**
   * The task with the examples of the `count` most similar users, the most similar first. The user themself is never among
   * them, and no example's chosen item is a candidate of the task: what to answer is never shown, and which candidates are
   * missing says nothing of the label. Its history may hold candidates. The same task gives the same object. Throws
   * `InvalidArgumentError` for a user without a vector.
   */
  addTo(task: RankingTask): TaskWithExamples;
}

/**
 * Examples from the training users who are most similar by cosine: the end of their history and the relevant item of their
 * training task. Throws `InvalidArgumentError` where fewer than `count` training users have a vector, a history and a
 * relevant candidate.
 */
export function createSimilarUserExamples({
  tasks,
  table,
  count = 3,
  historyLength = 5,
  computeVector = ({ user }) => table.get(user),
}: SimilarUserExamplesOptions): SimilarUserExamples {
  assertPositive('count', count);
  assertPositive('historyLength', historyLength);
  const examples = new Map<string, RankingExample>();
  for (const { task, relevance } of tasks) {
    const chosen = findChosen(task, relevance);
    if (chosen === undefined || task.history.length === 0) continue;
    examples.set(task.user, { history: task.history.slice(-historyLength), chosen });
  }
  const neighbours = createUserNeighbours(table, examples.keys());
  if (neighbours.users.length < count) {
    throw new InvalidArgumentError(
      'tasks',
      `tasks of at least ${count} users with a vector, a history and a relevant candidate`,
      neighbours.users,
      'Pass more training tasks, or a smaller count.',
    );
  }
  const prepared = new WeakMap<RankingTask, TaskWithExamples>();
  return {
    count,
    addTo(task) {
      let complete = prepared.get(task);
      if (complete === undefined) {
        const vector = computeVector(task);
        if (vector === undefined) {
          throw new InvalidArgumentError(
            `the vector of user ${task.user}`,
            'known',
            vector,
            'Pass computeVector, which gives new users one.',
          );
        }
        const candidates = new Set(task.candidates.map(({ id }) => id));
        const accepts = (user: string): boolean => user !== task.user && !candidates.has(examples.get(user)!.chosen.id);
        const similar = neighbours.find(vector, { count, accepts });
        complete = { ...task, examples: similar.map(({ user }) => examples.get(user)!) };
        prepared.set(task, complete);
      }
      return complete;
    },
  };
}

/** The candidate of the highest gain above 0, the first of several. */
function findChosen(
  { candidates }: RankingTask,
  relevance: JudgedTask['relevance'],
): RankingExample['chosen'] | undefined {
  let chosen: RankingExample['chosen'] | undefined;
  let highest = 0;
  for (const item of candidates) {
    const gain = relevance.get(item.id) ?? 0;
    if (gain <= highest) continue;
    highest = gain;
    chosen = item;
  }
  return chosen;
}

function assertPositive(name: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(name, 'a positive integer', value);
}
