import { describeValue, InvalidArgumentError } from '@rppkit/spec';
import { assertItem, assertItemLists, type ItemList } from './item-list.ts';

/**
 * How often each item of the catalogue is recommended, `Float64Array [catalogue]`, in the order of `catalogue`.
 * Throws `InvalidArgumentError` for no user, an empty or repeating catalogue, a repeated item in a list, or a listed item
 * that is not in the catalogue.
 */
export function countRecommendations<Item extends string | number>(
  lists: readonly ItemList<Item>[],
  catalogue: Iterable<Item>,
): Float64Array {
  assertItemLists(lists);
  const indices = new Map<Item, number>();
  if (typeof catalogue === 'string' || typeof catalogue?.[Symbol.iterator] !== 'function') {
    throw new InvalidArgumentError('catalogue', 'item ids to iterate over', catalogue, 'Pass an array, or map.keys().');
  }
  for (const item of catalogue) {
    assertItem(item, 'an entry of catalogue');
    if (indices.has(item)) throw new InvalidArgumentError('catalogue', 'without repeated items', item);
    indices.set(item, indices.size);
  }
  if (indices.size === 0) throw new InvalidArgumentError('catalogue', 'at least one item', 'none');
  const counts = new Float64Array(indices.size);
  lists.forEach((items, user) => {
    for (let position = 0; position < items.length; position++) {
      const index = indices.get(items[position]!);
      if (index === undefined) {
        throw new InvalidArgumentError(
          'catalogue',
          'all items that could be recommended',
          `none that is ${describeValue(items[position])}, which lists[${user}] holds`,
        );
      }
      counts[index]! += 1;
    }
  });
  return counts;
}
