import { countRecommendations } from './count-recommendations.ts';
import type { ItemList } from './item-list.ts';

/**
 * Item coverage: the share of the catalogue that is recommended to at least one user.
 *
 *   coverage = |union over users u of L_u| / |C|
 *
 * L_u the list of user u (`lists [users]`, some may be empty), C the catalogue: all items that could be recommended.
 * Returns a value in [0, 1]. Coverage grows with the number of users: compare systems on the same users and k.
 * Throws `InvalidArgumentError` for no user, an empty or repeating catalogue, repeated items or items outside it.
 *
 * Source: Ge, Delgado-Battenfeld, Jannach, "Beyond accuracy: evaluating recommender systems by coverage and serendipity",
 * RecSys 2010 ("catalog coverage").
 */
export function itemCoverage<Item extends string | number>(
  lists: readonly ItemList<Item>[],
  catalogue: Iterable<Item>,
): number {
  const counts = countRecommendations(lists, catalogue);
  return counts.reduce((covered, count) => covered + (count > 0 ? 1 : 0), 0) / counts.length;
}
