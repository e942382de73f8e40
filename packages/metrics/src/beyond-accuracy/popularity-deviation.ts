import { assertFilledItemList, assertHistory, type ItemList } from './item-list.ts';
import { lookUpGroup, type PopularityGroup, popularityGroupNames } from './popularity-groups.ts';

/**
 * Popularity deviation of one user: the Jensen-Shannon divergence, in bits, between the shares of head, middle and tail
 * items in the list and in the user's history. 0 means that the list is as mainstream as the user, 1 that they share no
 * group. Its mean over users (or over groups of users) is UPD, the user popularity deviation.
 *
 *   JS(p, q) = KL(p, m) / 2 + KL(q, m) / 2,   m = (p + q) / 2,   KL with log2
 *
 * p the shares in the history (repeated items count each time), q those in the list, groups from `popularityGroups`.
 * Throws `InvalidArgumentError` for an empty list or history, a repeated item in the list, or an item without a group.
 *
 * Source: Abdollahpouri, Mansoury, Burke, Mobasher, Malthouse, "User-centered evaluation of popularity bias in
 * recommender systems", UMAP 2021. The logarithm's base is our choice, so that the value lies in [0, 1].
 */
export function popularityDeviation<Item extends string | number>(
  items: ItemList<Item>,
  history: ItemList<Item>,
  groups: ReadonlyMap<Item, PopularityGroup>,
): number {
  assertFilledItemList(items, 'items');
  assertHistory(history, 'history');
  const shown = computeGroupShares(items, groups);
  const chosen = computeGroupShares(history, groups);
  let divergence = 0;
  for (let group = 0; group < popularityGroupNames.length; group++) {
    const middle = (shown[group]! + chosen[group]!) / 2;
    for (const share of [shown[group]!, chosen[group]!]) {
      if (share > 0) divergence += (share * Math.log2(share / middle)) / 2;
    }
  }
  // Rounding alone can move the divergence outside [0, 1].
  return Math.min(1, Math.max(0, divergence));
}

function computeGroupShares<Item extends string | number>(
  items: ItemList<Item>,
  groups: ReadonlyMap<Item, PopularityGroup>,
): Float64Array {
  const shares = new Float64Array(popularityGroupNames.length);
  for (let position = 0; position < items.length; position++) {
    const index = popularityGroupNames.indexOf(lookUpGroup(groups, items[position]!));
    shares[index]! += 1 / items.length;
  }
  return shares;
}
