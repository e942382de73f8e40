import { describeValue, InvalidArgumentError } from '@rppkit/spec';
import { assertMap, lookUpItem, lookUpPopularity } from './item-list.ts';

/** Where an item stands in the popularity curve. */
export type PopularityGroup = 'head' | 'middle' | 'tail';

export const popularityGroupNames: readonly PopularityGroup[] = ['head', 'middle', 'tail'];

export interface PopularityGroupsOptions {
  /** Share of all interactions that makes up the head, in (0, 1], default 0.2. */
  readonly head?: number;
  /** Share of all interactions that makes up the tail, in (0, 1], default 0.2. */
  readonly tail?: number;
}

/**
 * Splits a catalogue by popularity: the head are the most popular items that together hold the share `head` of all
 * interactions, the tail the least popular ones that hold the share `tail`, the middle the rest.
 *
 *   head:  interactions of all more popular items < head * all interactions
 *   tail:  not in the head, and interactions of all less popular items < tail * all interactions
 *
 * So the item that crosses the border belongs to the outer group, equally popular items always share a group, and the
 * order of the map plays no part. `tail: 1` gives two groups, head and everything else.
 * Throws `InvalidArgumentError` for wrong shares, an empty map, popularity that is not finite or negative, or all 0.
 *
 * Source: Abdollahpouri, Mansoury, Burke, Mobasher, Malthouse, "User-centered evaluation of popularity bias in
 * recommender systems", UMAP 2021 (20 % of the ratings each). Differences: the rules for the border and for ties are ours.
 */
export function popularityGroups<Item extends string | number>(
  popularity: ReadonlyMap<Item, number>,
  { head = 0.2, tail = 0.2 }: PopularityGroupsOptions = {},
): ReadonlyMap<Item, PopularityGroup> {
  assertShare('head', head);
  assertShare('tail', tail);
  assertMap(popularity, 'popularity');
  const levels = new Map<number, number>();
  let total = 0;
  for (const item of popularity.keys()) {
    const value = lookUpPopularity(popularity, item);
    levels.set(value, (levels.get(value) ?? 0) + value);
    total += value;
  }
  if (total === 0) throw new InvalidArgumentError('popularity', 'at least one item with interactions', 'none');
  // A little less than the border, so that a product such as 0.07 * 100, which rounds up, does not shift a group.
  const border = total * (1 - 1e-12);
  const groups = new Map<number, PopularityGroup>();
  let below = 0;
  for (const level of [...levels.keys()].sort((a, b) => a - b)) {
    const above = total - below - levels.get(level)!;
    groups.set(level, above < head * border ? 'head' : below < tail * border ? 'tail' : 'middle');
    below += levels.get(level)!;
  }
  return new Map(Array.from(popularity, ([item, value]) => [item, groups.get(value)!]));
}

/** The group of one item; throws `InvalidArgumentError` where it has none, or one of another name. */
export function lookUpGroup<Item extends string | number>(
  groups: ReadonlyMap<Item, PopularityGroup>,
  item: Item,
): PopularityGroup {
  const group = lookUpItem(groups, item, 'groups', 'Pass the whole catalogue to popularityGroups.');
  if (popularityGroupNames.includes(group)) return group;
  throw new InvalidArgumentError(`group of item ${describeValue(item)}`, "'head', 'middle' or 'tail'", group);
}

function assertShare(argument: string, share: number): void {
  if (share > 0 && share <= 1) return;
  throw new InvalidArgumentError(argument, 'a share of the interactions above 0, at most 1', share);
}
