import { InvalidArgumentError } from '@rppkit/spec';
import { assertItemLists, type ItemList } from './item-list.ts';

/**
 * Personalisation: how much the lists of different users differ, whatever their order. 0 where all users get the same
 * items, 1 where no two users share one.
 *
 *   1 - mean over unordered pairs of users {u, v} of |L_u ∩ L_v| / sqrt(|L_u| |L_v|)
 *
 * The fraction is the cosine of the two lists as 0/1 vectors; for lists of one length k it is the overlap, shared / k.
 * Computed in one pass over all items: the sum over pairs is half of |sum of unit vectors|^2 - users.
 * Returns a value in [0, 1]. Throws `InvalidArgumentError` for fewer than two users, an empty list or a repeated item.
 *
 * Source: Zhou, Kuscsik, Liu, Medo, Wakeling, Zhang, "Solving the apparent diversity-accuracy dilemma of recommender
 * systems", PNAS 107(10), 2010 (one minus overlap at k; the cosine extends it to lists of different lengths).
 */
export function personalization<Item extends string | number>(lists: readonly ItemList<Item>[]): number {
  assertItemLists(lists, { filled: true });
  if (lists.length < 2) throw new InvalidArgumentError('lists', 'the lists of at least two users', lists);
  const sums = new Map<Item, number>();
  for (const items of lists) {
    const component = 1 / Math.sqrt(items.length);
    for (let position = 0; position < items.length; position++) {
      sums.set(items[position]!, (sums.get(items[position]!) ?? 0) + component);
    }
  }
  let squared = 0;
  for (const sum of sums.values()) squared += sum * sum;
  const meanCosine = (squared - lists.length) / (lists.length * (lists.length - 1));
  // Rounding alone can move the mean outside [0, 1].
  return Math.min(1, Math.max(0, 1 - meanCosine));
}
