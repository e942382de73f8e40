import { InvalidArgumentError } from '@rppkit/spec';
import { assertItemLists, type ItemList } from './item-list.ts';

/**
 * Shannon entropy of the recommended items, in bits: 0 where one item gets all recommendations, log2(n) where n items
 * get equally many.
 *
 *   H = - sum over items i of p(i) log2 p(i),   p(i) = recommendations of i / all recommendations
 *
 * Items that are never recommended add nothing. Multiply by ln 2 for nats.
 * Throws `InvalidArgumentError` for no user, only empty lists or a repeated item in a list.
 *
 * Source: Shannon, "A mathematical theory of communication", 1948; for recommendations Shani and Gunawardana, "Evaluating
 * recommendation systems", Recommender Systems Handbook, 2011.
 */
export function shannonEntropy<Item extends string | number>(lists: readonly ItemList<Item>[]): number {
  assertItemLists(lists);
  const counts = new Map<Item, number>();
  let total = 0;
  for (const items of lists) {
    total += items.length;
    for (let position = 0; position < items.length; position++) {
      counts.set(items[position]!, (counts.get(items[position]!) ?? 0) + 1);
    }
  }
  if (total === 0) throw new InvalidArgumentError('lists', 'at least one recommended item', 'empty lists only');
  let entropy = 0;
  for (const count of counts.values()) entropy += (count / total) * Math.log2(total / count);
  return entropy;
}
