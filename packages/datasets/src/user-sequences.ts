import { InvalidArgumentError } from '@rppkit/spec';
import type { Dataset } from './dataset.ts';

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
 * Sequences of every user of a data set. Order `timestamp` sorts by time and leaves ties in row order; the other orders
 * keep row order. `repeats` defaults to `last`. Throws `InvalidArgumentError` for order `timestamp` without times.
 */
export function createUserSequences(
  { log, order }: Dataset,
  { repeats = 'last' }: { readonly repeats?: Repeats } = {},
): UserSequences {
  const { time } = log;
  if (order === 'timestamp' && time === undefined) {
    throw new InvalidArgumentError(
      'log.time',
      'present where the order is "timestamp"',
      time,
      'Declare order "column".',
    );
  }
  const byUser = groupRows(log.user, log.users.length);
  const rows = new Int32Array(log.user.length);
  const starts = new Int32Array(log.users.length + 1);
  // Last user (plus one) in whose sequence the item was seen.
  const seenBy = new Int32Array(log.items.length);
  let repeated = 0;
  let length = 0;
  for (let user = 0; user < log.users.length; user++) {
    const own = byUser.rows.subarray(byUser.starts[user]!, byUser.starts[user + 1]!);
    // Rows are ascending, so a stable sort leaves ties in row order.
    if (order === 'timestamp' && time !== undefined) own.sort((a, b) => time[a]! - time[b]! || a - b);
    if (repeats === 'last') own.reverse();
    for (const row of own) {
      const item = log.item[row]!;
      const isRepeat = seenBy[item] === user + 1;
      seenBy[item] = user + 1;
      if (isRepeat) repeated++;
      if (!isRepeat || repeats === 'keep') rows[length++] = row;
    }
    if (repeats === 'last') rows.subarray(starts[user]!, length).reverse();
    starts[user + 1] = length;
  }
  const items = rows.map((row) => log.item[row]!);
  return {
    repeated,
    items: (user) => items.subarray(starts[user]!, starts[user + 1]!),
    rows: (user) => rows.subarray(starts[user]!, starts[user + 1]!),
  };
}

/** Row numbers by user, ascending within a user; `starts` has one entry more than there are users. */
function groupRows(user: Int32Array, userCount: number): { rows: Int32Array; starts: Int32Array } {
  const starts = new Int32Array(userCount + 1);
  for (const index of user) starts[index + 1]! += 1;
  for (let index = 0; index < userCount; index++) starts[index + 1]! += starts[index]!;
  const next = starts.slice();
  const rows = new Int32Array(user.length);
  for (const [row, index] of user.entries()) rows[next[index]!++] = row;
  return { rows, starts };
}
