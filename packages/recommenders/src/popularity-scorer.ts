import { createUserSequences, type InteractionLog } from '@rppkit/datasets';
import { InvalidArgumentError, type RankingTask, type Scorer } from '@rppkit/spec';

export interface PopularityOptions {
  /** Every task that will be scored for a user of the log. Of their users only histories count, never what came after. */
  readonly tasks: Iterable<RankingTask>;
  /** Users whose interactions count in full, as indices into `log.users`, less those of `tasks`; default all. */
  readonly users?: Int32Array;
}

/**
 * Scores a candidate by how many users interacted with it: the users of the log in full, the users of `tasks` by their
 * histories. Where a user has several tasks the items in all of their histories count, so that no task's target ever does.
 *
 * Throws `InvalidArgumentError` for a user index outside the log. `score` throws it for a task whose history lacks an item
 * that was counted for its user, because its target could then be among the counts.
 */
export function createPopularityScorer(log: InteractionLog, { tasks, users }: PopularityOptions): Scorer {
  // Ids of the items counted, by user.
  const counted = new Map<string, ReadonlySet<string>>();
  for (const { user, history } of tasks) {
    const ids = getItemIds(history);
    const known = counted.get(user);
    counted.set(user, known === undefined ? ids : new Set([...known].filter((id) => ids.has(id))));
  }
  const evaluated = new Set(counted.keys());
  // Repeats are left out; the order does not matter here.
  const sequences = createUserSequences({ name: 'popularity', log, order: 'none' });
  for (const user of users ?? log.users.keys()) {
    const userId = log.users[user];
    if (userId === undefined) throw new InvalidArgumentError('users', `below ${log.users.length}`, user);
    if (evaluated.has(userId)) continue;
    counted.set(userId, new Set(Array.from(sequences.items(user), (item) => log.items[item]!.id)));
  }
  const counts = new Map<string, number>();
  for (const ids of counted.values()) for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return {
    name: 'popularity',
    score: ({ id, user, history, candidates }) => {
      const own = getItemIds(history);
      for (const item of counted.get(user) ?? []) {
        if (own.has(item)) continue;
        const advice = 'Pass it in `tasks`, so that its target is not counted.';
        throw new InvalidArgumentError('task', 'one whose user was counted by its history at most', id, advice);
      }
      return Float32Array.from(candidates, (item) => counts.get(item.id) ?? 0);
    },
  };
}

function getItemIds(history: RankingTask['history']): ReadonlySet<string> {
  return new Set(history.map(({ item }) => item.id));
}
