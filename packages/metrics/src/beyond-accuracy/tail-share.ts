import { assertFilledItemList, type ItemList } from './item-list.ts';
import { lookUpGroup, type PopularityGroup } from './popularity-groups.ts';

/**
 * Share of a list that lies in the long tail; its mean over users is known as APLT (average percentage of long-tail
 * items).
 *
 *   |{ i in L : i in the tail }| / |L|
 *
 * `groups` comes from `popularityGroups`, which fixes where the tail begins; `{ head: 0.2, tail: 1 }` counts everything
 * outside the head. Returns a value in [0, 1].
 * Throws `InvalidArgumentError` for an empty list, a repeated item or an item without a group, or with
 * one of another name.
 *
 * Source: Abdollahpouri, Burke, Mobasher, "Managing popularity bias in recommender systems with personalized re-ranking",
 * FLAIRS 2019.
 */
export function tailShare<Item extends string | number>(
  items: ItemList<Item>,
  groups: ReadonlyMap<Item, PopularityGroup>,
): number {
  assertFilledItemList(items, 'items');
  let tail = 0;
  for (let position = 0; position < items.length; position++) {
    if (lookUpGroup(groups, items[position]!) === 'tail') tail++;
  }
  return tail / items.length;
}
