import type { RandomStream } from '@rppkit/spec';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';

/** What pairs are drawn from. */
export interface BprSamples {
  readonly itemCount: number;
  /** `Int32Array [users + 1]`: user u has the entries of `item` from `starts[u]` up to `starts[u + 1]`. */
  readonly starts: Int32Array;
  /** Items of each user in rising order; none of users who have every item, as there is nothing to rank them above. */
  readonly item: Int32Array;
  /** The user of each entry. */
  readonly user: Int32Array;
}

/** Sorts each user's items; the interactions stay as they are. */
export function createBprSamples({ items, starts, item }: TrainingInteractions): BprSamples {
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

/** An item that the user does not have, every one equally likely; the user has entries in `samples`. Draws once. */
export function sampleAbsentItem({ itemCount, starts, item }: BprSamples, user: number, random: RandomStream): number {
  const start = starts[user]!;
  let low = start;
  let high = starts[user + 1]!;
  const rank = random.integer(itemCount - (high - low));
  // The absent item of this rank follows those of the user's items that have at most `rank` absent ones before them.
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (item[middle]! - (middle - start) <= rank) low = middle + 1;
    else high = middle;
  }
  return rank + (low - start);
}
