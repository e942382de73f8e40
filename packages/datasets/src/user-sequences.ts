import { InvalidArgumentError } from '@rppkit/spec';
import { createAscendingOrder } from './ascending-order.ts';
import { assertOneOf } from './assert-one-of.ts';
import type { Dataset, InteractionOrder } from './dataset.ts';
import type { InteractionLog } from './interaction-log.ts';

/** Which rows of a repeated (user, item) pair stay: the earliest, the latest, or all of them. */
export type Repeats = 'first' | 'last' | 'keep';

/** What each user did, oldest first. Users and items are indices into the log. */
export interface UserSequences {
  /** Rows that repeat an item of the same user; they were left out unless repeats are kept. */
  readonly repeated: number;
  /** Item indices, `Int32Array [interactions of the user]`. A view: do not write into it. */
  items(user: number): Int32Array;
  /** Rows of the log, aligned with `items`. A view: do not write into it. */
  rows(user: number): Int32Array;
}

/**
 * Sequences of every user of a data set. Order `timestamp` sorts by time and leaves ties in row order; `column` does the same
 * with positions, or keeps row order where the log has none; `none` keeps row order. `repeats` defaults to `last`. Throws
 * `InvalidArgumentError` for order `timestamp` without times and for an unknown way with repeats.
 */
export function createUserSequences(
  { log, order }: Dataset,
  { repeats = 'last' }: { readonly repeats?: Repeats } = {},
): UserSequences {
  assertOneOf('repeats', repeats, ['first', 'last', 'keep']);
  const grouped = sortWithinUsers(groupRows(log, getOrderColumn(log, order)));
  return resolveRepeats(log, createViews(grouped), repeats);
}

/** All rows of each user in row order, for questions that neither order nor repeats matter to; repeats are not counted. */
export function groupInteractions(log: InteractionLog): Omit<UserSequences, 'repeated'> {
  return createViews(groupRows(log, undefined));
}

/**
 * Sequences without the rows that repeat an item, from sequences that may hold some; `keep` leaves all rows in. `repeated`
 * counts what repeats an item in the given sequences.
 */
export function resolveRepeats(log: InteractionLog, complete: UserSequences, repeats: Repeats): UserSequences {
  const rows = new Int32Array(log.user.length);
  const items = new Int32Array(log.user.length);
  const starts = new Int32Array(log.users.length + 1);
  // Last user (plus one) in whose sequence the item was seen.
  const seenBy = new Int32Array(log.items.length);
  let length = 0;
  let repeated = 0;
  for (let user = 0; user < log.users.length; user++) {
    const ownRows = complete.rows(user);
    const ownItems = complete.items(user);
    for (let step = 0; step < ownRows.length; step++) {
      // The row that stays is the first that is met: from the back where the last one counts.
      const at = repeats === 'last' ? ownRows.length - 1 - step : step;
      const item = ownItems[at]!;
      const isRepeat = seenBy[item] === user + 1;
      seenBy[item] = user + 1;
      if (isRepeat) repeated++;
      if (isRepeat || repeats === 'keep') continue;
      rows[length] = ownRows[at]!;
      items[length++] = item;
    }
    starts[user + 1] = length;
    if (repeats !== 'last') continue;
    rows.subarray(starts[user]!, length).reverse();
    items.subarray(starts[user]!, length).reverse();
  }
  return { ...(repeats === 'keep' ? complete : createViews({ rows, items, starts })), repeated };
}

/** What all users did, one user after the other; `starts` has one entry more than there are users. */
interface GroupedRows {
  readonly rows: Int32Array;
  readonly items: Int32Array;
  readonly starts: Int32Array;
  /** What rows are sorted by. */
  readonly keys?: Float64Array;
}

function createViews({ rows, items, starts }: GroupedRows): UserSequences {
  return {
    repeated: 0,
    items: (user) => items.subarray(starts[user]!, starts[user + 1]!),
    rows: (user) => rows.subarray(starts[user]!, starts[user + 1]!),
  };
}

/** What rows are sorted by; undefined where they keep row order. */
function getOrderColumn({ time, position }: InteractionLog, order: InteractionOrder): Float64Array | undefined {
  if (order === 'none') return undefined;
  if (order === 'column') return position;
  if (time !== undefined) return time;
  throw new InvalidArgumentError('log.time', 'present where the order is "timestamp"', time, 'Declare order "column".');
}

/** Rows in row order within each user. */
function groupRows({ user, users, item }: InteractionLog, sortBy: Float64Array | undefined): GroupedRows {
  const starts = new Int32Array(users.length + 1);
  for (let row = 0; row < user.length; row++) starts[user[row]! + 1]! += 1;
  for (let index = 0; index < users.length; index++) starts[index + 1]! += starts[index]!;
  const next = starts.slice();
  const rows = new Int32Array(user.length);
  // Items and keys are copied here, because reading them by row later would jump through the whole log.
  const items = new Int32Array(user.length);
  const keys = new Float64Array(sortBy === undefined ? 0 : user.length);
  for (let row = 0; row < user.length; row++) {
    const at = next[user[row]!]!++;
    rows[at] = row;
    items[at] = item[row]!;
    if (sortBy !== undefined) keys[at] = sortBy[row]!;
  }
  return { rows, items, starts, ...(sortBy !== undefined && { keys }) };
}

function sortWithinUsers(grouped: GroupedRows): GroupedRows {
  const { rows, items, starts, keys } = grouped;
  if (keys === undefined) return grouped;
  const orderEntries = createAscendingOrder(keys);
  const sortedRows = rows.slice();
  const sortedItems = items.slice();
  for (let user = 0; user + 1 < starts.length; user++) {
    const start = starts[user]!;
    const order = orderEntries(start, starts[user + 1]!);
    if (order === undefined) continue;
    for (let at = start; at < starts[user + 1]!; at++) {
      sortedRows[at] = rows[start + order[at - start]!]!;
      sortedItems[at] = items[start + order[at - start]!]!;
    }
  }
  return { rows: sortedRows, items: sortedItems, starts };
}
