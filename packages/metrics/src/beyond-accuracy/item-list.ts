import { describeValue, InvalidArgumentError } from '@rppkit/spec';

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
  if (lists.length === 0) throw new InvalidArgumentError('lists', 'the list of at least one user', lists);
  lists.forEach((items, user) => {
    assertItemList(items, `lists[${user}]`);
    if (filled) assertNotEmpty(items, `lists[${user}]`);
  });
}

function assertItems<Item extends string | number>(items: ItemList<Item>, argument: string): void {
  // A text is array-like too: without this its letters would count as items.
  if (typeof items === 'string') throw new InvalidArgumentError(argument, 'a list of item ids', items);
  for (let position = 0; position < items.length; position++) {
    const item: unknown = items[position];
    if (typeof item === 'string' || Number.isFinite(item)) continue;
    throw new InvalidArgumentError(`${argument}[${position}]`, 'an item id (a text or a finite number)', item);
  }
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

/** The value of one item in a map; throws `InvalidArgumentError` where the map lacks it. */
export function lookUpItem<Item extends string | number, Value>(
  values: ReadonlyMap<Item, Value>,
  item: Item,
  argument: string,
  advice: string,
): Value {
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
  if (Number.isFinite(value) && value >= 0) return value;
  const argument = `popularity of item ${describeValue(item)}`;
  throw new InvalidArgumentError(argument, 'a finite number, at least 0', value);
}
