import type { Item } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';
import { InteractionCollector, isLogValue } from '../interaction-collector.ts';
import type { InteractionLog } from '../interaction-log.ts';
import { cleanTitle, type TitleOptions } from '../titles/clean-title.ts';
import { parseIdValue, parseNumberValue } from './field-values.ts';
import type { InteractionColumns } from './interaction-table.ts';
import { describeTime, parseTimeValue, type TimeFormat, timeAdvice } from './interaction-time.ts';
import { describeField, type GetField, type RecordSource } from './record-source.ts';

export interface ObjectInteractionsOptions extends ReadOptions, TitleOptions {
  readonly columns: InteractionColumns;
  readonly timeFormat: TimeFormat;
  /** Known items; they come first, and their titles count. */
  readonly items: readonly Item[];
}

/** Builds an interaction log from records whose fields are values of JavaScript, such as those of JSON and Parquet. */
export class ObjectInteractions {
  readonly #source: RecordSource;
  readonly #options: ObjectInteractionsOptions;
  readonly #collector: InteractionCollector;
  readonly #user = new EncodedId();
  readonly #item = new EncodedId();

  constructor(source: RecordSource, options: ObjectInteractionsOptions) {
    const { time, position, value } = options.columns;
    this.#source = source;
    this.#options = options;
    this.#collector = new InteractionCollector(options.items, {
      time: time !== undefined,
      position: position !== undefined,
      value: value !== undefined,
    });
  }

  /** Appends record `number`, or refuses it where a field is not as expected. */
  collect(number: number, getField: GetField): void {
    try {
      this.#collectRecord(number, getField);
    } catch (error) {
      if (!DatasetError.isInstance(error)) throw error;
      refuseLine(error, this.#options);
    }
  }

  /** The log. Throws `DatasetError` where it is empty. */
  takeLog(): InteractionLog {
    if (this.#collector.length === 0) throw new DatasetError(this.#source.file, 'at least one interaction', 'none');
    return this.#collector.takeLog();
  }

  // Everything that can fail comes first, so that a record that is left out leaves no user and no item behind.
  #collectRecord(number: number, getField: GetField): void {
    const { columns } = this.#options;
    const time = this.#readTime(columns.time, number, getField);
    const position = this.#readNumber(columns.position, number, getField, Number.isFinite);
    const value = this.#readNumber(columns.value, number, getField, isLogValue);
    this.#readId(this.#user, columns.user, number, getField);
    this.#readId(this.#item, columns.item, number, getField);
    const { items, users } = this.#collector;
    let item = items.find(this.#item.bytes, 0, this.#item.length);
    if (columns.title !== undefined && (item === -1 || this.#collector.lacksTitle(item))) {
      const title = this.#readTitle(columns.title, number, getField);
      item = items.intern(this.#item.bytes, 0, this.#item.length);
      this.#collector.setTitle(item, title);
    } else if (item === -1) {
      item = items.intern(this.#item.bytes, 0, this.#item.length);
    }
    const user = users.intern(this.#user.bytes, 0, this.#user.length);
    this.#collector.append(user, item, time, position, value);
  }

  #readTime(column: string | undefined, number: number, getField: GetField): number {
    if (column === undefined) return 0;
    const { timeFormat } = this.#options;
    const time = parseTimeValue(getField(column), timeFormat);
    if (!Number.isNaN(time)) return time;
    throw describeField(this.#source, number, column, describeTime[timeFormat], getField(column), timeAdvice);
  }

  #readNumber(
    column: string | undefined,
    number: number,
    getField: GetField,
    isFit: (value: number) => boolean,
  ): number {
    if (column === undefined) return 0;
    const value = parseNumberValue(getField(column));
    if (isFit(value)) return value;
    throw describeField(this.#source, number, column, 'a number', getField(column));
  }

  #readId(target: EncodedId, column: string, number: number, getField: GetField): void {
    const id = parseIdValue(getField(column));
    if (id === undefined) {
      throw describeField(this.#source, number, column, 'an id (text or whole number)', getField(column));
    }
    target.set(id);
  }

  #readTitle(column: string, number: number, getField: GetField): string {
    const text = getField(column);
    const title = typeof text === 'string' ? cleanTitle(text, this.#options) : '';
    if (title !== '') return title;
    throw describeField(this.#source, number, column, 'a title', text);
  }
}

/** The UTF-8 of an id in an array that is used again for the next one: a new array for each would cost more than all else. */
class EncodedId {
  bytes = new Uint8Array(256);
  length = 0;
  readonly #encoder = new TextEncoder();

  set(id: string): void {
    // A unit of UTF-16 takes at most three bytes.
    if (3 * id.length > this.bytes.length) this.bytes = new Uint8Array(6 * id.length);
    this.length = this.#encoder.encodeInto(id, this.bytes).written;
  }
}
