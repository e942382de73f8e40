import { describeValue, InvalidArgumentError, type Item } from '@rppkit/spec';
import { assertOneOf } from './assert-one-of.ts';
import { cleanTitle } from './clean-title.ts';
import { type CsvOptions, parseCsvTable, requireField } from './csv-table.ts';
import type { Dataset, InteractionOrder } from './dataset.ts';
import { parseNumber } from './dataset-error.ts';
import { createInteractionLog, type InteractionRow } from './interaction-log.ts';

/** Names of the columns that hold interactions. */
export interface InteractionColumns {
  readonly user: string;
  readonly item: string;
  /** Seconds since 1970-01-01 UTC. */
  readonly time?: string;
  /** Rating or count. */
  readonly value?: string;
  /** Item title; the first one of each item counts. */
  readonly title?: string;
}

export interface InteractionCsvOptions extends CsvOptions {
  readonly columns: InteractionColumns;
  /** Meaning of the order; default `timestamp` where a time column is named, else `none`. */
  readonly order?: InteractionOrder;
  /** Known items; they come first, and their titles count. An item that only interactions name is added. */
  readonly items?: readonly Item[];
  /** Name of the data set; default `fileName` without folder and extension. */
  readonly name?: string;
}

/**
 * A data set from CSV text with a header, one row an interaction; columns that are not named are ignored. Throws
 * `DatasetError` with file and line for an empty file, a missing column (naming those that exist), an empty user or item
 * or title, a time or value that is no number, a wrong column count and broken quotes, `InvalidArgumentError` for options
 * out of range.
 */
export function parseInteractionCsv(text: string, options: InteractionCsvOptions): Dataset {
  const { columns, fileName } = options;
  const {
    order = columns.time === undefined ? 'none' : 'timestamp',
    name = fileName.replace(/^.*[\\/]|\.[^.]*$/g, ''),
  } = options;
  assertOneOf('order', order, ['timestamp', 'column', 'none']);
  if (order === 'timestamp' && columns.time === undefined) {
    throw new InvalidArgumentError('order', '"column" or "none" without a time column', order, 'Name the time column.');
  }
  const items = [...(options.items ?? [])];
  const known = new Set(items.map((item) => item.id));
  const records = parseCsvTable(text, columns as Readonly<Record<keyof InteractionColumns, string>>, options);
  const rows = records.map(({ line, fields }): InteractionRow => {
    const user = requireField(fields.user, columns.user, fileName, line);
    const item = requireField(fields.item, columns.item, fileName, line);
    if (columns.title !== undefined && !known.has(item)) {
      known.add(item);
      items.push({ id: item, title: requireField(cleanTitle(fields.title), columns.title, fileName, line) });
    }
    const readNumber = (column: 'time' | 'value'): number =>
      parseNumber(fields[column], describeValue(columns[column]), fileName, line);
    return {
      user,
      item,
      ...(columns.time !== undefined && { time: readNumber('time') }),
      ...(columns.value !== undefined && { value: readNumber('value') }),
    };
  });
  return { name, log: createInteractionLog(rows, items), order };
}
