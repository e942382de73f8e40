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
 * histories. Where a user has several tasks the shortest history counts, so that no task's target is ever counted.
 *
 * Throws `InvalidArgumentError` for a user index outside the log. `score` throws it for a task whose user was counted
 * beyond the task's history, because its target could then be among the counts.
 */
export function createPopularityScorer(log: InteractionLog, { tasks, users }: PopularityOptions): Scorer {
  const histories = new Map<string, RankingTask['history']>();
  for (const { user, history } of tasks) {
    const known = histories.get(user);
    if (known === undefined || history.length < known.length) histories.set(user, history);
  }
  const counts = new Map<string, number>();
  // How much of each user's sequence was counted.
  const countedLengths = new Map<string, number>();
  for (const [user, history] of histories) {
    countedLengths.set(user, history.length);
    for (const id of new Set(history.map((entry) => entry.item.id))) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  // Repeats are left out; the order does not matter here.
  const sequences = createUserSequences({ name: 'popularity', log, order: 'none' });
  for (const user of new Set(users ?? log.users.keys())) {
    const userId = log.users[user];
    if (userId === undefined) throw new InvalidArgumentError('users', `below ${log.users.length}`, user);
    if (histories.has(userId)) continue;
    countedLengths.set(userId, Number.POSITIVE_INFINITY);
    for (const item of sequences.items(user)) {
      const { id } = log.items[item]!;
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
  }
  return {
    name: 'popularity',
    score: ({ id, user, history, candidates }) => {
      if ((countedLengths.get(user) ?? 0) > history.length) {
        const advice = 'Pass it in `tasks`, so that its target is not counted.';
        throw new InvalidArgumentError('task', 'one whose user was counted by its history at most', id, advice);
      }
      return Float32Array.from(candidates, (item) => counts.get(item.id) ?? 0);
    },
  };
}
