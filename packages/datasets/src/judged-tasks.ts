import {
  type HistoryEntry,
  InvalidArgumentError,
  type JudgedTask,
  type RandomStream,
  sampleDistinct,
  samplePermutation,
} from '@rppkit/spec';
import { assertOneOf } from './assert-one-of.ts';
import type { Dataset } from './dataset.ts';
import { DatasetError } from './dataset-error.ts';
import type { InteractionLog } from './interaction-log.ts';
import { createUserSequences, type Repeats } from './user-sequences.ts';

/** `validation`: the second last different item, for rewards. `test`: the last item, for reports. */
export type TaskTarget = 'validation' | 'test';

export interface JudgedTasksOptions {
  /** Indices into `log.users`, one task each. */
  readonly users: Int32Array;
  readonly target: TaskTarget;
  /** Items to rank, the target among them; an integer of at least 2, default 10. */
  readonly candidates?: number;
  /** Which row of a repeated item counts; default `last`. Kept repeats could leave the target in the history. */
  readonly repeats?: Exclude<Repeats, 'keep'>;
  /** Its state is not changed. Each task draws from `random.split(task.id)`, whatever other users are asked for. */
  readonly random: RandomStream;
}

/**
 * Leave-one-out ranking tasks. With repeats resolved over all that the user did, the last item is the test item and the
 * second last the validation item; the target's row is the row that counted. The history is what the user did before that
 * row, with repeats resolved among these rows alone, so that nothing done later adds to it or takes from it. Earlier rows of
 * the target item are dropped: from x, y, z, x with `last` come the validation task x, y → z and the test task y, z → x.
 *
 * Candidates are the target and uniformly drawn items that the user never interacted with, in
 * an order that is random for each task. A task's id is `name:user:target`.
 *
 * Throws `InvalidArgumentError` for a user that does not exist, order `none` and options out of range, `DatasetError` for a
 * user with too few different items (`test` needs 2, `validation` 3) or too few items left to draw from.
 */
export function createJudgedTasks(
  dataset: Dataset,
  { users, target, candidates = 10, repeats = 'last', random }: JudgedTasksOptions,
): JudgedTask[] {
  const { log } = dataset;
  if (!Number.isSafeInteger(candidates) || candidates < 2) {
    throw new InvalidArgumentError('candidates', 'an integer of at least 2', candidates);
  }
  assertOneOf('target', target, ['validation', 'test']);
  assertOneOf('repeats', repeats, ['first', 'last']);
  if (dataset.order === 'none') {
    throw new InvalidArgumentError(
      'dataset.order',
      '"timestamp" or "column"',
      dataset.order,
      'Without an order no item is the last.',
    );
  }
  const sequences = createUserSequences(dataset, { repeats });
  const complete = createUserSequences(dataset, { repeats: 'keep' });
  const afterTarget = target === 'validation' ? 1 : 0;
  return Array.from(users, (user) => {
    const userId = log.users[user];
    if (userId === undefined) throw new InvalidArgumentError('users', `below ${log.users.length}`, user);
    const rows = sequences.rows(user);
    const position = rows.length - 1 - afterTarget;
    if (position < 1) {
      const expected = `at least ${afterTarget + 2} different items of user ${userId}`;
      throw new DatasetError(dataset.name, expected, `${rows.length}`, { advice: 'Choose users with splitUsers.' });
    }
    const id = `${dataset.name}:${userId}:${target}`;
    const targetRow = rows[position]!;
    const targetItem = log.item[targetRow]!;
    const ownRows = complete.rows(user);
    const before = ownRows.subarray(0, ownRows.indexOf(targetRow));
    const taskRandom = random.split(id);
    const negatives = sampleNegatives(
      dataset,
      userId,
      sequences.items(user),
      candidates - 1,
      taskRandom.split('negatives'),
    );
    const listed = [targetItem, ...negatives];
    const order = samplePermutation(taskRandom.split('order'), candidates);
    return {
      task: {
        id,
        user: userId,
        history: resolveHistory(log, before, targetItem, repeats).map((row) => createHistoryEntry(log, row)),
        candidates: Array.from(order, (index) => log.items[listed[index]!]!),
      },
      relevance: new Map([[log.items[targetItem]!.id, 1]]),
    };
  });
}

/** The rows that stay, one an item and none of the target's. */
function resolveHistory(
  log: InteractionLog,
  rows: Int32Array,
  targetItem: number,
  repeats: Exclude<Repeats, 'keep'>,
): number[] {
  const rowByItem = new Map<number, number>();
  for (const row of rows) {
    const item = log.item[row]!;
    if (item === targetItem || (repeats === 'first' && rowByItem.has(item))) continue;
    // An entry that is set again would keep its old place.
    rowByItem.delete(item);
    rowByItem.set(item, row);
  }
  return [...rowByItem.values()];
}

/** Uniform without replacement among the items outside `positives`, which holds no item twice. */
function sampleNegatives(
  dataset: Dataset,
  userId: string,
  positives: Int32Array,
  count: number,
  random: RandomStream,
): Int32Array {
  const left = dataset.log.items.length - positives.length;
  if (left < count) {
    throw new DatasetError(
      dataset.name,
      `at least ${count} items that user ${userId} never interacted with`,
      `${left}`,
      {
        advice: 'Ask for fewer candidates.',
      },
    );
  }
  const ascending = positives.toSorted();
  return sampleDistinct(random, left, count).map((rank) => {
    // The rank-th item outside the positives.
    let item = rank;
    for (const positive of ascending) {
      if (positive > item) break;
      item++;
    }
    return item;
  });
}

function createHistoryEntry(log: InteractionLog, row: number): HistoryEntry {
  return {
    item: log.items[log.item[row]!]!,
    ...(log.value !== undefined && { rating: log.value[row]! }),
    ...(log.time !== undefined && { time: log.time[row]! }),
  };
}
