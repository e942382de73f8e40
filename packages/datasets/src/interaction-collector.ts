import { InvalidArgumentError, type Item } from '@rppkit/spec';
import { Column } from './delimited/column.ts';
import { TokenTable } from './delimited/token-table.ts';
import type { InteractionLog } from './interaction-log.ts';

/** Whether a number can be kept as a value, which a log holds in 32 bits: finite, and of at most 3.4e38. */
export function isLogValue(value: number): boolean {
  return Number.isFinite(Math.fround(value));
}

/** Which columns a log gets beside users and items. */
export interface CollectedColumns {
  readonly time: boolean;
  readonly position: boolean;
  readonly value: boolean;
}

/**
 * Builds an interaction log row by row, with ids as bytes or as text. Known items come first; others are numbered as they
 * appear, with their id as title unless one is set.
 */
export class InteractionCollector {
  readonly users: TokenTable = new TokenTable();
  readonly items: TokenTable = new TokenTable();
  readonly #known: readonly Item[];
  readonly #titles = new Map<number, string>();
  readonly #columns: CollectedColumns;
  readonly #user = new Column(Int32Array);
  readonly #item = new Column(Int32Array);
  readonly #time = new Column(Float64Array);
  readonly #position = new Column(Float64Array);
  readonly #value = new Column(Float32Array);

  /** Throws `InvalidArgumentError` where two items have one id. */
  constructor(known: readonly Item[], columns: CollectedColumns) {
    this.#known = known;
    this.#columns = columns;
    for (const [index, { id }] of known.entries()) {
      if (this.items.internText(id) === index) continue;
      throw new InvalidArgumentError('items', 'items with distinct ids', id, 'List each item once.');
    }
  }

  get length(): number {
    return this.#user.length;
  }

  /** Appends a row; `user` and `item` are indices into the token tables. Numbers of absent columns are not read. */
  append(user: number, item: number, time: number, position: number, value: number): void {
    this.#user.append(user);
    this.#item.append(item);
    if (this.#columns.time) this.#time.append(time);
    if (this.#columns.position) this.#position.append(position);
    if (this.#columns.value) this.#value.append(value);
  }

  /** True for an item that has no title of its own yet. */
  lacksTitle(item: number): boolean {
    return item >= this.#known.length && !this.#titles.has(item);
  }

  setTitle(item: number, title: string): void {
    this.#titles.set(item, title);
  }

  /** The log; the collector is empty afterwards. */
  takeLog(): InteractionLog {
    const items = this.items
      .toTexts()
      .map((id, index) => this.#known[index] ?? { id, title: this.#titles.get(index) ?? id });
    return {
      users: this.users.toTexts(),
      items,
      user: this.#user.take(),
      item: this.#item.take(),
      ...(this.#columns.time && { time: this.#time.take() }),
      ...(this.#columns.position && { position: this.#position.take() }),
      ...(this.#columns.value && { value: this.#value.take() }),
    };
  }
}
