import { InvalidArgumentError, type Item } from '@rppkit/spec';
import { Column } from './delimited/column.ts';

/** One interaction as plain values. Either every row of a log has a `time` or none has; `position` and `value` likewise. */
export interface InteractionRow {
  readonly user: string;
  readonly item: string;
  /** Seconds since 1970-01-01 UTC. */
  readonly time?: number;
  /** What orders rows without being a time: a play count, a sequence number. */
  readonly position?: number;
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
  /** `Float64Array [interactions]`: what orders rows under order `column`, smaller first; absent where row order does. */
  readonly position?: Float64Array;
  /** `Float32Array [interactions]`, rating or count; absent where the source has none. */
  readonly value?: Float32Array;
}

/**
 * A log from plain rows. `items` come first and keep their order; an item that only rows name is appended with its id as
 * title. Users are numbered as they appear. Throws `InvalidArgumentError` for an id that is empty or no text, an item listed
 * twice, a number that is not finite, and a column that some rows have and others lack.
 */
export function createInteractionLog(rows: Iterable<InteractionRow>, items: Iterable<Item> = []): InteractionLog {
  const collector = new RowCollector(items);
  for (const row of rows) collector.append(row);
  return collector.takeLog();
}

/**
 * `createInteractionLog` for rows that come one after another, such as those of a database cursor. Rows are not kept: the
 * log grows by 4 bytes for each id and each value of a row, 8 for its time and 8 for its position.
 */
export async function collectInteractionLog(
  rows: AsyncIterable<InteractionRow> | Iterable<InteractionRow>,
  items: Iterable<Item> = [],
): Promise<InteractionLog> {
  const collector = new RowCollector(items);
  for await (const row of rows) collector.append(row);
  return collector.takeLog();
}

/** Builds a log from plain rows, one at a time. */
class RowCollector {
  readonly #users = new Map<string, number>();
  readonly #items: Item[] = [];
  readonly #itemIndices = new Map<string, number>();
  readonly #user = new Column(Int32Array);
  readonly #item = new Column(Int32Array);
  readonly #time = new Column(Float64Array);
  readonly #position = new Column(Float64Array);
  readonly #value = new Column(Float32Array);

  constructor(items: Iterable<Item>) {
    for (const item of items) {
      assertId('items', item.id);
      if (this.#itemIndices.has(item.id)) {
        throw new InvalidArgumentError('items', 'items with distinct ids', item.id, 'List each item once.');
      }
      this.#itemIndices.set(item.id, this.#items.length);
      this.#items.push(item);
    }
  }

  append(row: InteractionRow): void {
    const rowIndex = this.#user.length;
    let user = this.#users.get(row.user);
    if (user === undefined) {
      assertId(`rows[${rowIndex}].user`, row.user);
      user = this.#users.size;
      this.#users.set(row.user, user);
    }
    let item = this.#itemIndices.get(row.item);
    if (item === undefined) {
      assertId(`rows[${rowIndex}].item`, row.item);
      item = this.#items.length;
      this.#itemIndices.set(row.item, item);
      this.#items.push({ id: row.item, title: row.item });
    }
    appendOptional('time', row.time, this.#time, rowIndex);
    appendOptional('position', row.position, this.#position, rowIndex);
    appendOptional('value', row.value, this.#value, rowIndex);
    this.#user.append(user);
    this.#item.append(item);
  }

  takeLog(): InteractionLog {
    return {
      users: [...this.#users.keys()],
      items: this.#items,
      user: this.#user.take(),
      item: this.#item.take(),
      ...(this.#time.length > 0 && { time: this.#time.take() }),
      ...(this.#position.length > 0 && { position: this.#position.take() }),
      ...(this.#value.length > 0 && { value: this.#value.take() }),
    };
  }
}

/** Untyped callers pass numbers, which would never equal the same id as text. */
function assertId(name: string, id: unknown): void {
  if (typeof id === 'string' && id !== '') return;
  throw new InvalidArgumentError(name, 'an id: text that is not empty', id, 'Write numbers as text: String(id).');
}

/** The column must be empty so far or hold every row before this one. */
function appendOptional(
  name: string,
  entry: number | undefined,
  column: Column<Float32Array | Float64Array>,
  row: number,
): void {
  const argument = `rows[${row}].${name}`;
  const advice = 'Give it in all rows or in none.';
  if (entry === undefined) {
    if (column.length === 0) return;
    throw new InvalidArgumentError(argument, 'a number, as in the rows before it', entry, advice);
  }
  if (column.length !== row)
    throw new InvalidArgumentError(argument, 'absent, as in the rows before it', entry, advice);
  if (!Number.isFinite(entry)) throw new InvalidArgumentError(argument, 'a finite number', entry);
  column.append(entry);
}
