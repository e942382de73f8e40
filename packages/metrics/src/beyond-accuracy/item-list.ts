import { describeValue, InvalidArgumentError } from '@rppkit/spec';
import { assertArrayLike, isAmount, isIdentifier, isTagged } from '../assert-arguments.ts';

/**
 * The items of one user, best first: a plain array of ids or an `Int32Array` of item numbers. Ids are texts or finite
 * numbers.
 */
export type ItemList<Item extends string | number> = ArrayLike<Item>;

/** Throws `InvalidArgumentError` unless `items` is a list of ids, none of them twice. */
export function assertItemList<Item extends string | number>(items: ItemList<Item>, argument: string): void {
  assertItems(items, argument);
  const seen = new Set<Item>();
  for (let position = 0; position < items.length; position++) {
    const item = items[position]!;
    if (seen.has(item)) {
      throw new InvalidArgumentError(
        `${argument}[${position}]`,
        'an item that is not listed before',
        item,
        'Keep the first mention only.',
      );
    }
    seen.add(item);
  }
}

/** As `assertItemList`, and at least one item: what a mean over the items of one list takes. */
export function assertFilledItemList<Item extends string | number>(items: ItemList<Item>, argument: string): void {
  assertItemList(items, argument);
  assertNotEmpty(items, argument);
}

/** The items of a history: at least one; repeated items are allowed, because people return to what they like. */
export function assertHistory<Item extends string | number>(items: ItemList<Item>, argument: string): void {
  assertItems(items, argument);
  assertNotEmpty(items, argument);
}

/** Checks the lists of all users; single lists may be empty, unless `filled`. */
export function assertItemLists<Item extends string | number>(
  lists: readonly ItemList<Item>[],
  { filled = false }: { readonly filled?: boolean } = {},
): void {
  if (!Array.isArray(lists) || lists.length === 0) {
    const advice = 'Pass [...lists.values()] of a Map.';
    throw new InvalidArgumentError('lists', 'an array with the list of at least one user', lists, advice);
  }
  (lists as readonly ItemList<Item>[]).forEach((items, user) => {
    assertItemList(items, `lists[${user}]`);
    if (filled) assertNotEmpty(items, `lists[${user}]`);
  });
}

function assertItems<Item extends string | number>(items: ItemList<Item>, argument: string): void {
  assertArrayLike(argument, items);
  for (let position = 0; position < items.length; position++) {
    if (!isIdentifier(items[position])) assertItem(items[position], `${argument}[${position}]`);
  }
}

/** Throws `InvalidArgumentError` unless `item` can name an item. */
export function assertItem(item: unknown, argument: string): void {
  if (isIdentifier(item)) return;
  throw new InvalidArgumentError(argument, 'an item id (a text or a finite number)', item);
}

/** Throws `InvalidArgumentError` for anything but a `Map`: plain objects have no item numbers. */
export function assertMap(values: unknown, argument: string): void {
  if (isTagged(values, 'Map')) return;
  const advice = 'Turn a plain object into one with new Map(Object.entries(object)).';
  throw new InvalidArgumentError(argument, 'a Map by item id', values, advice);
}

function assertNotEmpty<Item extends string | number>(items: ItemList<Item>, argument: string): void {
  if (items.length > 0) return;
  throw new InvalidArgumentError(
    argument,
    'a list of at least one item',
    items,
    'Leave users without items out and report their number.',
  );
}

/** The value of one item in a map; throws `InvalidArgumentError` for what is no map and where the map lacks it. */
export function lookUpItem<Item extends string | number, Value>(
  values: ReadonlyMap<Item, Value>,
  item: Item,
  argument: string,
  advice: string,
): Value {
  assertMap(values, argument);
  const value = values.get(item);
  if (value !== undefined) return value;
  throw new InvalidArgumentError(argument, `a map that holds item ${describeValue(item)}`, value, advice);
}

/** The number that a map holds for one item, finite and at least 0; throws `InvalidArgumentError` otherwise. */
export function lookUpPopularity<Item extends string | number>(
  popularity: ReadonlyMap<Item, number>,
  item: Item,
): number {
  const value = lookUpItem(popularity, item, 'popularity', 'Enter items without interactions as 0.');
  if (isAmount(value)) return value;
  const argument = `popularity of item ${describeValue(item)}`;
  throw new InvalidArgumentError(argument, 'a finite number, at least 0', value);
}
