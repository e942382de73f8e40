import { InvalidArgumentError, type Item } from '@rppkit/spec';

/** One interaction as plain values. Either every row of a log has a `time` or none has; the same for `value`. */
export interface InteractionRow {
  readonly user: string;
  readonly item: string;
  /** Seconds since 1970-01-01 UTC. */
  readonly time?: number;
  /** Rating or count, in the data set's own scale. */
  readonly value?: number;
}

/** Interactions in columns with interned ids, one entry a row, in file order. */
export interface InteractionLog {
  /** User ids; `user` holds indices into it. */
  readonly users: readonly string[];
  /** Items with distinct ids, also those that nobody interacted with; `item` holds indices into it. */
  readonly items: readonly Item[];
  /** `Int32Array [interactions]`. */
  readonly user: Int32Array;
  /** `Int32Array [interactions]`. */
  readonly item: Int32Array;
  /** `Float64Array [interactions]`, seconds since 1970-01-01 UTC; absent where the source has no times. */
  readonly time?: Float64Array;
  /** `Float32Array [interactions]`, rating or count; absent where the source has none. */
  readonly value?: Float32Array;
}

/**
 * A log from plain rows. `items` come first and keep their order; an item that only rows name is appended with its id as
 * title. Users are numbered as they appear. Throws `InvalidArgumentError` for an empty id, an item listed twice, a time
 * or value that is not finite, and a column that some rows have and others lack.
 */
export function createInteractionLog(rows: Iterable<InteractionRow>, items: Iterable<Item> = []): InteractionLog {
  const allItems: Item[] = [];
  const itemIndices = new Map<string, number>();
  for (const item of items) {
    if (itemIndices.has(item.id)) {
      throw new InvalidArgumentError('items', 'items with distinct ids', item.id, 'List each item once.');
    }
    itemIndices.set(item.id, allItems.length);
    allItems.push(item);
  }
  const users: string[] = [];
  const userIndices = new Map<string, number>();
  const user: number[] = [];
  const item: number[] = [];
  const time: number[] = [];
  const value: number[] = [];
  for (const row of rows) {
    let userIndex = userIndices.get(row.user);
    if (userIndex === undefined) {
      assertId('user', row.user, user.length);
      userIndex = users.length;
      userIndices.set(row.user, userIndex);
      users.push(row.user);
    }
    let itemIndex = itemIndices.get(row.item);
    if (itemIndex === undefined) {
      assertId('item', row.item, user.length);
      itemIndex = allItems.length;
      itemIndices.set(row.item, itemIndex);
      allItems.push({ id: row.item, title: row.item });
    }
    user.push(userIndex);
    item.push(itemIndex);
    appendOptional('time', row.time, time, user.length);
    appendOptional('value', row.value, value, user.length);
  }
  return {
    users,
    items: allItems,
    user: Int32Array.from(user),
    item: Int32Array.from(item),
    ...(time.length > 0 && { time: Float64Array.from(time) }),
    ...(value.length > 0 && { value: Float32Array.from(value) }),
  };
}

function assertId(name: string, id: string, row: number): void {
  if (id === '') throw new InvalidArgumentError(`rows[${row}].${name}`, 'an id', id);
}

/** `rowCount` includes the row at hand: the column must be empty so far or hold every row before it. */
function appendOptional(name: string, entry: number | undefined, column: number[], rowCount: number): void {
  const argument = `rows[${rowCount - 1}].${name}`;
  if (entry === undefined) {
    if (column.length === 0) return;
    throw new InvalidArgumentError(
      argument,
      'a number, as in the rows before it',
      entry,
      'Give it in all rows or in none.',
    );
  }
  if (column.length !== rowCount - 1) {
    throw new InvalidArgumentError(
      argument,
      'absent, as in the rows before it',
      entry,
      'Give it in all rows or in none.',
    );
  }
  if (!Number.isFinite(entry)) throw new InvalidArgumentError(argument, 'a finite number', entry);
  column.push(entry);
}
