import { describeValue, InvalidArgumentError } from '@rppkit/spec';
import { assertFilledItemList, type ItemList, lookUpPopularity } from './item-list.ts';

export interface NoveltyOptions {
  /** Number of users whose interactions were counted, a positive number. */
  readonly users: number;
  /** Added to the number of users who knew an item and who did not, at least 0, default 0. */
  readonly smoothing?: number;
}

/**
 * Novelty of one list: the mean self-information of its items, in bits. An item that everybody knows tells 0 bits, one
 * that a user in 1,024 knows tells 10.
 *
 *   (1 / |L|) * sum over i in L of - log2 p(i),   p(i) = (n_i + s) / (N + 2 s)
 *
 * n_i the number of users who interacted with item i (`popularity`, from 0 to N), N = `users`, s = `smoothing`. Without
 * smoothing an item that nobody knows would be infinitely novel: it is refused.
 * Throws `InvalidArgumentError` for an empty list, a repeated item, an item without popularity, or counts outside [0, N].
 *
 * Source: Zhou, Kuscsik, Liu, Medo, Wakeling, Zhang, "Solving the apparent diversity-accuracy dilemma of recommender
 * systems", PNAS 107(10), 2010. Difference: the smoothing is ours.
 */
export function novelty<Item extends string | number>(
  items: ItemList<Item>,
  popularity: ReadonlyMap<Item, number>,
  { users, smoothing = 0 }: NoveltyOptions,
): number {
  assertFilledItemList(items, 'items');
  if (!Number.isFinite(users) || users <= 0) throw new InvalidArgumentError('users', 'a positive number', users);
  if (!Number.isFinite(smoothing) || smoothing < 0) {
    throw new InvalidArgumentError('smoothing', 'a finite number, at least 0', smoothing);
  }
  let information = 0;
  for (let position = 0; position < items.length; position++) {
    const count = lookUpPopularity(popularity, items[position]!);
    if (count > users || count + smoothing === 0) {
      throw new InvalidArgumentError(
        `popularity of item ${describeValue(items[position])}`,
        `above 0 and at most the ${users} users`,
        count,
        count === 0 ? 'Pass a smoothing above 0 where items may be unknown to all.' : 'Count each user once.',
      );
    }
    information += Math.log2((users + 2 * smoothing) / (count + smoothing));
  }
  return information / items.length;
}
