import { assertPositiveInteger } from '../assert-arguments.ts';
import { assertItemList, type ItemList } from './item-list.ts';

/**
 * The first `k` items of a list, or all of them where it is shorter. The metrics of this entry point read whole lists:
 * cut each list first to get "coverage at k" and its like.
 *
 * `k` is a positive integer. Throws `InvalidArgumentError` for another k or a repeated item.
 */
export function topItems<Item extends string | number>(items: ItemList<Item>, k: number): Item[] {
  assertPositiveInteger('k', k);
  assertItemList(items, 'items');
  return Array.from({ length: Math.min(k, items.length) }, (_, position) => items[position]!);
}
