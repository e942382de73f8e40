import { describeValue, type Item } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';
import { parseDecimal } from '../delimited/decimal.ts';
import { readRecords } from '../delimited/read-records.ts';
import { decodeField, dropBlanks, type RecordBatch, skipBlanks } from '../delimited/record-batch.ts';
import type { DataFile } from '../files/data-file.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';
import { InteractionCollector, isLogValue } from '../interaction-collector.ts';
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
    rows = new InteractionRows(file.name, names, options, collector, batch.lines[0]);
    rows.collect(batch, 1);
  }
  if (collector.length === 0) {
    throw new DatasetError(file.name, 'at least one interaction', 'none');
  }
  return collector.takeLog();
}

type Field = keyof InteractionColumns;

/** Reads the fields of records into a collector. */
class InteractionRows {
  readonly #file: string;
  readonly #options: InteractionTableOptions;
  readonly #collector: InteractionCollector;
  readonly #positions: Partial<Record<Field, number>>;

  constructor(
    file: string,
    header: readonly string[],
    options: InteractionTableOptions,
    collector: InteractionCollector,
    headerLine?: number,
  ) {
    this.#file = file;
    this.#options = options;
    this.#collector = collector;
    this.#positions = findColumns<Field>(header, { ...options.columns }, file, headerLine);
  }

  /** Appends the records from number `first` on; one that cannot be used leaves no user and no item behind. */
  collect(batch: RecordBatch, first: number): void {
    const { bytes, starts, ends, columns, records } = batch;
    const { user: userColumn = -1, item: itemColumn = -1, title: titleColumn = -1 } = this.#positions;
    const { time: timeColumn = -1, position: positionColumn = -1, value: valueColumn = -1 } = this.#positions;
    const { timeFormat, closedItems } = this.#options;
    const { users, items } = this.#collector;
    for (let record = first; record < records; record++) {
      const base = record * columns;
      const timeField = base + timeColumn;
      const time = timeColumn < 0 ? 0 : parseTimeField(bytes, starts[timeField]!, ends[timeField]!, timeFormat);
      if (Number.isNaN(time)) {
        this.#refuse(batch, record, 'time', describeTime[timeFormat], timeAdvice);
        continue;
      }
      const positionField = base + positionColumn;
      const position = positionColumn < 0 ? 0 : parseDecimal(bytes, starts[positionField]!, ends[positionField]!);
      const valueField = base + valueColumn;
      const value = valueColumn < 0 ? 0 : parseDecimal(bytes, starts[valueField]!, ends[valueField]!);
      if (Number.isNaN(position) || !isLogValue(value)) {
        this.#refuse(batch, record, Number.isNaN(position) ? 'position' : 'value', 'a number');
        continue;
      }
      const userStart = skipBlanks(bytes, starts[base + userColumn]!, ends[base + userColumn]!);
      const userEnd = dropBlanks(bytes, userStart, ends[base + userColumn]!);
      const itemStart = skipBlanks(bytes, starts[base + itemColumn]!, ends[base + itemColumn]!);
      const itemEnd = dropBlanks(bytes, itemStart, ends[base + itemColumn]!);
      if (userStart === userEnd || itemStart === itemEnd) {
        this.#refuse(batch, record, userStart === userEnd ? 'user' : 'item', 'an id');
        continue;
      }
      if (closedItems && items.find(bytes, itemStart, itemEnd) === -1) {
        const advice = 'Take both files from the same release.';
        this.#refuse(batch, record, 'item', 'an id that the file of items lists', advice);
        continue;
      }
      if (titleColumn >= 0 && !this.#takeTitle(batch, record, titleColumn, itemStart, itemEnd)) {
        this.#refuse(batch, record, 'title', 'a title');
        continue;
      }
      const user = users.intern(bytes, userStart, userEnd);
      this.#collector.append(user, items.intern(bytes, itemStart, itemEnd), time, position, value);
    }
  }

  /** Keeps the title of an item that has none yet; false where that is empty. */
  #takeTitle(batch: RecordBatch, record: number, column: number, start: number, end: number): boolean {
    const { items } = this.#collector;
    const known = items.find(batch.bytes, start, end);
    if (known !== -1 && !this.#collector.lacksTitle(known)) return true;
    const title = cleanTitle(decodeField(batch, record, column), this.#options);
    if (title === '') return false;
    this.#collector.setTitle(items.intern(batch.bytes, start, end), title);
    return true;
  }

  #refuse(batch: RecordBatch, record: number, field: Field, expected: string, advice?: string): void {
    const where = `in column ${describeValue(this.#options.columns[field])}`;
    const received = describeValue(decodeField(batch, record, this.#positions[field]!));
    const details = { line: batch.lines[record]!, ...(advice !== undefined && { advice }) };
    refuseLine(new DatasetError(this.#file, `${expected} ${where}`, received, details), this.#options);
  }
}
