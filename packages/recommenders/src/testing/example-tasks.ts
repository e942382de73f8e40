import type { Item, RankingTask } from '@rppkit/spec';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';

/** An item that nobody had and nothing was learned from. */
export const unknownItem: Item = { id: 'nowhere', title: 'A title nobody has' };

/** Items of the user with this index, oldest first. */
export function takeUser({ items, starts, item }: TrainingInteractions, user: number): Item[] {
  return Array.from(item.subarray(starts[user]!, starts[user + 1]!), (index) => items[index]!);
}

/** A task whose id says who asks. */
export function createTask(user: string, history: readonly Item[], candidates: readonly Item[]): RankingTask {
  return {
    id: `task of ${user}, ${history.length} items`,
    user,
    history: history.map((item) => ({ item })),
    candidates: [...candidates],
  };
}

/** Users learned from, the same with one item more, and a new user. */
export function createExampleTasks(interactions: TrainingInteractions): readonly RankingTask[] {
  const { users, items } = interactions;
  return [0, users.length - 1].flatMap((user) => {
    const own = takeUser(interactions, user);
    const others = items.filter((item) => !own.includes(item));
    const candidates = [...others.slice(0, 4), unknownItem, ...others.slice(-3)];
    const longer = [...own, others.at(Math.floor(others.length / 2))!];
    return [
      createTask(users[user]!, own, candidates),
      createTask(users[user]!, longer, candidates),
      createTask('someone new', own.slice(0, 2), candidates),
    ];
  });
}
