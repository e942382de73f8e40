import { describeValue, type Item } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';
import { parseDecimal } from '../delimited/decimal.ts';
import { readRecords } from '../delimited/read-records.ts';
import { decodeField, dropBlanks, type RecordBatch, skipBlanks } from '../delimited/record-batch.ts';
import type { DataFile } from '../files/data-file.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';
import { InteractionCollector } from '../interaction-collector.ts';
import type { InteractionLog } from '../interaction-log.ts';
import { cleanTitle, type TitleOptions } from '../titles/clean-title.ts';
import { findColumns } from './column-positions.ts';
import { describeTime, parseTimeField, type TimeFormat, timeAdvice } from './interaction-time.ts';

/** Names of the columns that hold interactions. */
export interface InteractionColumns {
  readonly user: string;
  readonly item: string;
  /** When it happened; see `timeFormat`. */
  readonly time?: string;
  /** A number that orders a user's rows, smaller first, without being a time: a sequence number, a play count. */
  readonly position?: string;
  /** Rating or count. */
  readonly value?: string;
  /** Item title; the first one of each item counts. */
  readonly title?: string;
}

export interface InteractionTableOptions extends ReadOptions, TitleOptions {
  readonly delimiter: string;
  readonly quotes: boolean;
  /** Names of the columns; undefined: the first line holds them. */
  readonly header: readonly string[] | undefined;
  readonly columns: InteractionColumns;
  readonly timeFormat: TimeFormat;
  /** Known items; they come first, and their titles count. */
  readonly items: readonly Item[];
  /** True: an item that is not among `items` is an error. */
  readonly closedItems: boolean;
}

/**
 * Interactions of a separated file with one row an interaction. Throws `DatasetError` with file and line for a missing
 * column, an empty id or title, a number or time that is none, and as `readRecords` does.
 */
export async function readInteractionTable(file: DataFile, options: InteractionTableOptions): Promise<InteractionLog> {
  const { delimiter, quotes, header, columns } = options;
  const collector = new InteractionCollector(options.items, {
    time: columns.time !== undefined,
    position: columns.position !== undefined,
    value: columns.value !== undefined,
  });
  const syntax = { delimiter, quotes, ...(header !== undefined && { columns: header.length }) };
  let rows = header === undefined ? undefined : new InteractionRows(file.name, header, options, collector);
  for await (const batch of readRecords(file, syntax, options)) {
    if (rows !== undefined) {
      rows.collect(batch, 0);
      continue;
    }
    const names = Array.from({ length: batch.columns }, (_, column) => decodeField(batch, 0, column));
    rows = new InteractionRows(file.name, names, options, collector);
    rows.collect(batch, 1);
  }
  if (collector.length === 0) {
    throw new DatasetError(file.name, 'at least one interaction', 'none');
  }
  return collector.takeLog();
}

/** Reads the fields of records into a collector. */
class InteractionRows {
  readonly #file: string;
  readonly #options: InteractionTableOptions;
  readonly #collector: InteractionCollector;
  /** Positions of columns; -1 for those that are not read. */
  readonly #user: number;
  readonly #item: number;
  readonly #time: number;
  readonly #position: number;
  readonly #value: number;
  readonly #title: number;

  constructor(
    file: string,
    header: readonly string[],
    options: InteractionTableOptions,
    collector: InteractionCollector,
  ) {
    this.#file = file;
    this.#options = options;
    this.#collector = collector;
    const found = findColumns<keyof InteractionColumns>(header, { ...options.columns }, file);
    this.#user = found.user!;
    this.#item = found.item!;
    this.#time = found.time ?? -1;
    this.#position = found.position ?? -1;
    this.#value = found.value ?? -1;
    this.#title = found.title ?? -1;
  }

  collect(batch: RecordBatch, first: number): void {
    for (let record = first; record < batch.records; record++) {
      try {
        this.#collectRecord(batch, record);
      } catch (error) {
        if (!DatasetError.isInstance(error)) throw error;
        refuseLine(error, this.#options);
      }
    }
  }

  // Everything that can fail comes first, so that a line that is left out leaves no user and no item behind.
  #collectRecord(batch: RecordBatch, record: number): void {
    const { bytes, starts, ends } = batch;
    const base = record * batch.columns;
    const { timeFormat } = this.#options;
    let time = 0;
    if (this.#time >= 0) {
      time = parseTimeField(bytes, starts[base + this.#time]!, ends[base + this.#time]!, timeFormat);
      if (Number.isNaN(time))
        throw this.#describe(batch, record, 'time', this.#time, describeTime[timeFormat], timeAdvice);
    }
    let position = 0;
    if (this.#position >= 0) {
      position = parseDecimal(bytes, starts[base + this.#position]!, ends[base + this.#position]!);
      if (Number.isNaN(position)) throw this.#describe(batch, record, 'position', this.#position, 'a number');
    }
    let value = 0;
    if (this.#value >= 0) {
      value = parseDecimal(bytes, starts[base + this.#value]!, ends[base + this.#value]!);
      if (Number.isNaN(value)) throw this.#describe(batch, record, 'value', this.#value, 'a number');
    }
    const userStart = skipBlanks(bytes, starts[base + this.#user]!, ends[base + this.#user]!);
    const userEnd = dropBlanks(bytes, userStart, ends[base + this.#user]!);
    if (userStart === userEnd) throw this.#describe(batch, record, 'user', this.#user, 'an id');
    const itemStart = skipBlanks(bytes, starts[base + this.#item]!, ends[base + this.#item]!);
    const itemEnd = dropBlanks(bytes, itemStart, ends[base + this.#item]!);
    if (itemStart === itemEnd) throw this.#describe(batch, record, 'item', this.#item, 'an id');
    let item = this.#collector.items.find(bytes, itemStart, itemEnd);
    if (item === -1 && this.#options.closedItems) {
      const advice = 'Take both files from the same release.';
      throw this.#describe(batch, record, 'item', this.#item, 'an id that the file of items lists', advice);
    }
    if (this.#title >= 0 && (item === -1 || this.#collector.lacksTitle(item))) {
      const title = cleanTitle(decodeField(batch, record, this.#title), this.#options);
      if (title === '') throw this.#describe(batch, record, 'title', this.#title, 'a title');
      item = this.#collector.items.intern(bytes, itemStart, itemEnd);
      this.#collector.setTitle(item, title);
    } else if (item === -1) {
      item = this.#collector.items.intern(bytes, itemStart, itemEnd);
    }
    const user = this.#collector.users.intern(bytes, userStart, userEnd);
    this.#collector.append(user, item, time, position, value);
  }

  #describe(
    batch: RecordBatch,
    record: number,
    field: keyof InteractionColumns,
    column: number,
    expected: string,
    advice?: string,
  ): DatasetError {
    const where = `in column ${describeValue(this.#options.columns[field])}`;
    const received = describeValue(decodeField(batch, record, column));
    return new DatasetError(this.#file, `${expected} ${where}`, received, {
      line: batch.lines[record]!,
      ...(advice !== undefined && { advice }),
    });
  }
}
