import { describeValue, InvalidArgumentError } from '@rppkit/spec';
import type { ItemDistance } from './intra-list-diversity.ts';
import { assertMap, lookUpItem } from './item-list.ts';

/**
 * The Jaccard distance between the features of two items (genres, tags, artists), in [0, 1].
 *
 *   1 - |A ∩ B| / |A ∪ B|
 *
 * Repeated features count once. Throws `InvalidArgumentError` for features that are no `Map` of arrays; the returned function
 * throws `InvalidArgumentError` for an item without features.
 *
 * Source: Jaccard, "The distribution of the flora in the alpine zone", New Phytologist 11(2), 1912.
 */
export function jaccardDistance<Item extends string | number>(
  features: ReadonlyMap<Item, readonly string[]>,
): ItemDistance<Item> {
  assertMap(features, 'features');
  const sets = new Map(
    Array.from(features, ([item, values]) => {
      // A text is iterable too: its letters would count as features.
      if (Array.isArray(values)) return [item, new Set<string>(values)];
      throw new InvalidArgumentError(`features of item ${describeValue(item)}`, 'an array of texts', values);
    }),
  );
  return (first, second) => {
    const a = readFeatures(sets, first);
    const b = readFeatures(sets, second);
    let shared = 0;
    for (const feature of a) if (b.has(feature)) shared++;
    return 1 - shared / (a.size + b.size - shared);
  };
}

function readFeatures<Item extends string | number>(
  sets: ReadonlyMap<Item, ReadonlySet<string>>,
  item: Item,
): ReadonlySet<string> {
  const advice = 'Leave items without features out and report their number.';
  const set = lookUpItem(sets, item, 'features', advice);
  if (set.size > 0) return set;
  throw new InvalidArgumentError(`features of item ${describeValue(item)}`, 'at least one feature', 'none', advice);
}
