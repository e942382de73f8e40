import type { LearnedUsers } from '../fitted/learned-users.ts';

/** What pairs of an item that a user has and one that they do not have are drawn from. */
export interface PairwiseSamples {
  readonly itemCount: number;
  /** `Int32Array [users + 1]`: user u has the entries of `item` from `starts[u]` up to `starts[u + 1]`. */
  readonly starts: Int32Array;
  /** Items of each user in rising order; none of users who have every item, as there is nothing to rank them above. */
  readonly item: Int32Array;
  /** The user of each entry. */
  readonly user: Int32Array;
}

/** Sorts each user's items; what was learned from stays as it is. */
export function createPairwiseSamples({ items, starts, item }: LearnedUsers): PairwiseSamples {
  const users = starts.length - 1;
  const newStarts = new Int32Array(users + 1);
  for (let user = 0; user < users; user++) {
    const count = starts[user + 1]! - starts[user]!;
    newStarts[user + 1] = newStarts[user]! + (count < items.length ? count : 0);
  }
  const newItem = new Int32Array(newStarts[users]!);
  const newUser = new Int32Array(newItem.length);
  for (let user = 0; user < users; user++) {
    const start = newStarts[user]!;
    const end = newStarts[user + 1]!;
    if (start === end) continue;
    newItem.set(item.slice(starts[user]!, starts[user + 1]!).sort(), start);
    newUser.fill(user, start, end);
  }
  return { itemCount: items.length, starts: newStarts, item: newItem, user: newUser };
}
