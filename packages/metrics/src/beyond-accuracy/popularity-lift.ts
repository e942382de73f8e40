import { InvalidArgumentError } from '@rppkit/spec';
import { computeMeanPopularity } from './average-popularity.ts';
import { assertHistory, assertItemLists, type ItemList } from './item-list.ts';

/**
 * Popularity lift of a group of users: by how much what they are shown is more popular than what they chose themselves.
 * 0 is calibrated, 0.5 means half as popular again, below 0 means less popular.
 *
 *   (GAP_q - GAP_p) / GAP_p,   GAP = mean over the group's users of the mean popularity of their items
 *
 * q the lists shown (`lists [users]`), p the histories (`histories [users]`, in the same order of users, repeated items
 * count each time), `popularity` finite and at least 0 for every item of both. Call it once for each group of users, for
 * example those with mainstream and with niche taste, and compare.
 *
 * Throws `InvalidArgumentError` for no user, differing numbers of users, an empty list or history, a repeated item in a
 * list, an item without popularity, or histories whose popularity is 0 throughout.
 *
 * Source: Abdollahpouri, Mansoury, Burke, Mobasher, "The connection between popularity bias, calibration, and fairness in
 * recommendation", RecSys 2020.
 */
export function popularityLift<Item extends string | number>(
  lists: readonly ItemList<Item>[],
  histories: readonly ItemList<Item>[],
  popularity: ReadonlyMap<Item, number>,
): number {
  assertItemLists(lists, { filled: true });
  if (!Array.isArray(histories) || histories.length !== lists.length) {
    throw new InvalidArgumentError('histories', `an array of length ${lists.length}, one a user`, histories);
  }
  let shown = 0;
  let chosen = 0;
  lists.forEach((items, user) => {
    assertHistory(histories[user]!, `histories[${user}]`);
    shown += computeMeanPopularity(items, popularity);
    chosen += computeMeanPopularity(histories[user]!, popularity);
  });
  if (chosen === 0) throw new InvalidArgumentError('histories', 'at least one item with a popularity above 0', 'none');
  return (shown - chosen) / chosen;
}
