import { describeValue, InvalidArgumentError } from '@rppkit/spec';
import { assertAmounts } from '../assert-arguments.ts';
import { type ItemList, lookUpItem } from './item-list.ts';

/**
 * The share of each category in a list that was checked before: p(c) = sum of w_i p(c | i) / sum of w_i, where an item
 * with m categories gives 1 / m to each. Throws `InvalidArgumentError` for an item without category or wrong weights.
 */
export function computeCategoryDistribution<Item extends string | number>(
  items: ItemList<Item>,
  categories: ReadonlyMap<Item, readonly string[]>,
  weights?: { readonly argument: string; readonly values: ArrayLike<number> },
): ReadonlyMap<string, number> {
  const total = weights === undefined ? items.length : sumWeights(weights.argument, weights.values, items.length);
  const distribution = new Map<string, number>();
  for (let position = 0; position < items.length; position++) {
    const item = items[position]!;
    const advice = 'Leave items without a category out and report their number.';
    const names = lookUpItem(categories, item, 'categories', advice);
    if (!Array.isArray(names) || names.length === 0 || new Set(names).size < names.length) {
      throw new InvalidArgumentError(
        `categories of item ${describeValue(item)}`,
        'an array of at least one category, none of them twice',
        Array.isArray(names) && names.length > 0 ? names.join(', ') : names,
        advice,
      );
    }
    const share = (weights === undefined ? 1 : weights.values[position]!) / (total * names.length);
    for (const name of names) distribution.set(name, (distribution.get(name) ?? 0) + share);
  }
  return distribution;
}

function sumWeights(argument: string, weights: ArrayLike<number>, length: number): number {
  assertAmounts(argument, weights);
  if (weights.length !== length) throw new InvalidArgumentError(argument, `of length ${length}, one an item`, weights);
  let total = 0;
  for (let position = 0; position < length; position++) total += weights[position]!;
  if (total === 0) throw new InvalidArgumentError(argument, 'weights with a positive sum', total);
  return total;
}
