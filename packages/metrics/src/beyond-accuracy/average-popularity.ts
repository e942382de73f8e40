import { assertFilledItemList, type ItemList, lookUpPopularity } from './item-list.ts';

/**
 * Average popularity of the items of one list; its mean over users is known as ARP (average recommendation popularity).
 *
 *   (1 / |L|) * sum over i in L of popularity(i)
 *
 * `popularity` holds any count or share for each item, finite and at least 0, usually the number of interactions in the
 * training data; items without interactions must be in it as 0. Returns a value in the units of `popularity`.
 * Throws `InvalidArgumentError` for an empty list, a repeated item or an item without popularity.
 *
 * Source: Yin, Cui, Li, Yao, Chen, "Challenging the long tail recommendation", PVLDB 5(9), 2012.
 */
export function averagePopularity<Item extends string | number>(
  items: ItemList<Item>,
  popularity: ReadonlyMap<Item, number>,
): number {
  assertFilledItemList(items, 'items');
  return computeMeanPopularity(items, popularity);
}

/** The mean over a list that was checked before; repeated items count each time. */
export function computeMeanPopularity<Item extends string | number>(
  items: ItemList<Item>,
  popularity: ReadonlyMap<Item, number>,
): number {
  let total = 0;
  for (let position = 0; position < items.length; position++) total += lookUpPopularity(popularity, items[position]!);
  return total / items.length;
}
