import { describeValue, InvalidArgumentError } from '@rppkit/spec';
import { isAmount } from '../assert-arguments.ts';
import { assertItemList, type ItemList } from './item-list.ts';

/** How far two items are apart: symmetric, finite and at least 0. See `jaccardDistance` and `cosineDistance`. */
export type ItemDistance<Item extends string | number> = (first: Item, second: Item) => number;

/**
 * Intra-list diversity: the mean distance between two items of one list, over all unordered pairs.
 *
 *   2 / (|L| (|L| - 1)) * sum over pairs {i, j} in L of distance(i, j)
 *
 * The distance is called once for each pair, the better ranked item first. Returns a value in the units of the distance.
 * Throws `InvalidArgumentError` for fewer than two items, a repeated item, or a distance that is negative or not finite.
 *
 * Sources: Smyth and McClave, "Similarity vs. diversity", ICCBR 2001; Ziegler, McNee, Konstan, Lausen, "Improving
 * recommendation lists through topic diversification", WWW 2005 (there as a sum of similarities).
 */
export function intraListDiversity<Item extends string | number>(
  items: ItemList<Item>,
  distance: ItemDistance<Item>,
): number {
  assertItemList(items, 'items');
  if (items.length < 2) throw new InvalidArgumentError('items', 'a list of at least two items', items);
  let total = 0;
  for (let second = 1; second < items.length; second++) {
    for (let first = 0; first < second; first++) {
      const value = distance(items[first]!, items[second]!);
      if (!isAmount(value)) {
        const pair = `${describeValue(items[first])}, ${describeValue(items[second])}`;
        throw new InvalidArgumentError(`distance(${pair})`, 'a finite number, at least 0', value);
      }
      total += value;
    }
  }
  return (2 * total) / (items.length * (items.length - 1));
}
