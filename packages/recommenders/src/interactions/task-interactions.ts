import { createUserSequences, type Dataset } from '@rppkit/datasets';
import { type HistoryEntry, InvalidArgumentError, type RankingTask } from '@rppkit/spec';
import type { TrainingInteractions } from './training-interactions.ts';

export interface TaskInteractionsOptions {
  /** Every task that will be scored for a user of the data set. Of their users only histories are learned from. */
  readonly tasks: Iterable<RankingTask>;
  /** Users whose interactions count in full, as indices into `log.users`, less those of `tasks`; default all. */
  readonly users?: Int32Array;
}

/**
 * All that may be learned from before the given tasks are scored: the users of the data set in full, the users of `tasks` by
 * their histories. Where a user has several tasks, the items in all of their histories count, in the order of the shortest, so
 * that no task's target ever does. Of repeats the last one counts. Items and users that the data set does not know are left
 * out, and so are all times where an entry of a history has none. Throws `InvalidArgumentError` for a user index outside the
 * log.
 */
export function createTaskInteractions(
  { name, log, order }: Dataset,
  { tasks, users }: TaskInteractionsOptions,
): TrainingInteractions {
  const histories = new Map<string, readonly HistoryEntry[]>();
  for (const { user, history } of tasks) {
    const known = histories.get(user);
    histories.set(user, known === undefined ? history : intersect(known, history));
  }
  const full = new Uint8Array(log.users.length).fill(users === undefined ? 1 : 0);
  for (const user of users ?? []) {
    if (log.users[user] === undefined) throw new InvalidArgumentError('users', `below ${log.users.length}`, user);
    full[user] = 1;
  }
  const sequences = createUserSequences({ name, log, order });
  const items = new Map(log.items.map(({ id }, index) => [id, index]));
  const starts = new Int32Array(log.users.length + 1);
  const item: number[] = [];
  const time: (number | undefined)[] = [];
  for (const [user, id] of log.users.entries()) {
    const history = histories.get(id);
    if (history !== undefined) {
      for (const entry of dropRepeats(history)) {
        const index = items.get(entry.item.id);
        if (index === undefined) continue;
        item.push(index);
        time.push(entry.time);
      }
    } else if (full[user] === 1) {
      for (const row of sequences.rows(user)) {
        item.push(log.item[row]!);
        time.push(log.time?.[row]);
      }
    }
    starts[user + 1] = item.length;
  }
  const times = time.filter((value) => value !== undefined);
  return {
    users: log.users,
    items: log.items,
    starts,
    item: Int32Array.from(item),
    ...(times.length === time.length && { time: Float64Array.from(times) }),
    order,
  };
}

/** The entries of the shorter history whose items both hold. */
function intersect(left: readonly HistoryEntry[], right: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const [shorter, longer] = left.length <= right.length ? [left, right] : [right, left];
  const ids = new Set(longer.map(({ item }) => item.id));
  return shorter.filter(({ item }) => ids.has(item.id));
}

function dropRepeats(history: readonly HistoryEntry[]): readonly HistoryEntry[] {
  const last = new Map(history.map(({ item }, place) => [item.id, place]));
  return history.filter(({ item }, place) => last.get(item.id) === place);
}
