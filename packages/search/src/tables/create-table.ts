import { computeJointActionCount, createPatternSpace, type PatternSpace } from '@rppkit/patterns';
import {
  InvalidArgumentError,
  type RandomStream,
  type RankingTask,
  sampleDistinct,
  type TextModel,
} from '@rppkit/spec';
import { computeSpaceChecksum, computeTaskChecksum } from './content-checksum.ts';
import {
  computeEntriesPerTask,
  noCandidate,
  type ResponseTable,
  type ResponseTableManifest,
} from './response-table.ts';

/** Which entries a table has. */
export interface TableExtent {
  /** Candidate orders that each prompt is asked in, a positive integer; default 4. */
  readonly orders?: number;
  /** Times that each prompt is asked in each order, a positive integer; default 1. */
  readonly draws?: number;
  /**
   * Numbers of the joint actions to record, all different, or how many to draw uniformly with `random`. Default: all of
   * the space.
   */
  readonly actions?: ArrayLike<number> | number;
  /** Draws the actions where `actions` is a count. */
  readonly random?: RandomStream;
}

const mostBytes = 2 ** 31 - 1;

/**
 * A table whose entries are yet to be asked. Throws `InvalidArgumentError` for options outside their ranges, no tasks, two
 * tasks of one id, a task with no candidates or more than 255, and rankings that would take 2 GiB or more.
 */
export function createTable(
  tasks: readonly RankingTask[],
  space: PatternSpace,
  { id: model }: Pick<TextModel, 'id'>,
  { orders = 4, draws = 1, actions, random }: TableExtent,
): ResponseTable {
  for (const [name, value] of Object.entries({ orders, draws })) {
    if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError(name, 'a positive integer', value);
  }
  assertTasks(tasks);
  const recorded = listActions(createPatternSpace(space), actions, random);
  const places = tasks.reduce((most, { candidates }) => Math.max(most, candidates.length), 0);
  const manifest: ResponseTableManifest = {
    format: 'rppkit-response-table',
    version: 1,
    model,
    space,
    spaceChecksum: computeSpaceChecksum(space),
    actions: [...recorded],
    orders,
    draws,
    tasks: tasks.map((task) => ({
      id: task.id,
      candidates: task.candidates.length,
      checksum: computeTaskChecksum(task),
    })),
    entries: { ranked: 0, invalid: 0, refused: 0, failed: 0, notAsked: 0 },
    answers: 0,
    inputTokens: 0,
    outputTokens: 0,
  };
  const entries = tasks.length * computeEntriesPerTask(manifest);
  if (entries * places > mostBytes) {
    const advice = 'Record fewer tasks or orders, or a sample of the actions.';
    throw new InvalidArgumentError('the bytes of all rankings', `at most ${mostBytes}`, entries * places, advice);
  }
  return {
    manifest: { ...manifest, entries: { ...manifest.entries, notAsked: entries } },
    actions: recorded,
    places,
    statuses: new Uint8Array(entries),
    inputTokens: new Uint32Array(entries),
    outputTokens: new Uint32Array(entries),
    rankings: new Uint8Array(entries * places).fill(noCandidate),
  };
}

function listActions(
  space: PatternSpace,
  actions: ArrayLike<number> | number | undefined,
  random: RandomStream | undefined,
): Int32Array {
  const count = computeJointActionCount(space);
  if (actions === undefined) return Int32Array.from({ length: count }, (_, number) => number);
  if (typeof actions !== 'number') {
    const numbers = Array.from(actions).sort((left, right) => left - right);
    const wrong = numbers.find((number, place) => {
      return !Number.isInteger(number) || number < 0 || number >= count || number === numbers[place - 1];
    });
    if (wrong !== undefined || numbers.length === 0) {
      throw new InvalidArgumentError('actions', `different integers in [0, ${count}), at least one`, wrong ?? numbers);
    }
    return Int32Array.from(numbers);
  }
  if (!Number.isInteger(actions) || actions < 1 || actions > count) {
    throw new InvalidArgumentError('actions', `an integer in [1, ${count}], or numbers of joint actions`, actions);
  }
  if (random === undefined) {
    throw new InvalidArgumentError('random', 'a random stream, as actions are drawn', random, 'Pass their numbers.');
  }
  return sampleDistinct(random, count, actions).sort();
}

function assertTasks(tasks: readonly RankingTask[]): void {
  if (tasks.length === 0) throw new InvalidArgumentError('tasks', 'at least one task', tasks);
  const ids = new Set<string>();
  for (const task of tasks) {
    if (!Array.isArray(task.history) || !Array.isArray(task.candidates)) {
      throw new InvalidArgumentError('tasks', 'ranking tasks', task, 'Of judged tasks pass their tasks.');
    }
    if (ids.has(task.id)) throw new InvalidArgumentError('tasks', 'tasks with different ids', task.id);
    ids.add(task.id);
    const { length } = task.candidates;
    if (length < 1 || length > noCandidate) {
      throw new InvalidArgumentError(`candidates of task ${task.id}`, `1 to ${noCandidate} items`, length);
    }
  }
}
