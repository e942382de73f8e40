import { describeValue, type Item } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';
import { readRecords } from '../delimited/read-records.ts';
import { decodeField, type RecordBatch } from '../delimited/record-batch.ts';
import type { DataFile } from '../files/data-file.ts';
import { type ReadOptions, refuseLine } from '../files/read-options.ts';
import { cleanTitle, type TitleOptions } from '../titles/clean-title.ts';
import { findColumns } from './column-positions.ts';

/** Names of the columns that hold items. Every key beside `item` and `title` becomes an attribute of that name. */
export interface ItemColumns extends Readonly<Record<string, string>> {
  readonly item: string;
  readonly title: string;
}

export interface ItemTableOptions extends ReadOptions, TitleOptions {
  readonly delimiter: string;
  readonly quotes: boolean;
  /** Names of the columns; undefined: the first line holds them. */
  readonly header: readonly string[] | undefined;
  readonly columns: ItemColumns;
  /** What stands between the values of a list; undefined: no attribute is a list. */
  readonly listSeparator: string | undefined;
}

type ItemRow = Readonly<Record<string, string>>;

/**
 * Items of a separated file with one row an item; columns that are not named are not read. An attribute in which any row
 * has the list separator is a list in every row; an empty attribute is left out. Throws `DatasetError` with file and line
 * for a missing column, an empty id or title and an id that occurs twice, and as `readRecords` does.
 */
export async function readItemTable(file: DataFile, options: ItemTableOptions): Promise<Item[]> {
  const { delimiter, quotes, header, columns, listSeparator } = options;
  const rows: ItemRow[] = [];
  const firstLines = new Map<string, number>();
  const syntax = { delimiter, quotes, ...(header !== undefined && { columns: header.length }) };
  let positions = header === undefined ? undefined : findColumns<string>(header, columns, file.name);
  for await (const batch of readRecords(file, syntax, options)) {
    let record = 0;
    if (positions === undefined) {
      const names = Array.from({ length: batch.columns }, (_, column) => decodeField(batch, 0, column));
      positions = findColumns<string>(names, columns, file.name, batch.lines[0]);
      record = 1;
    }
    for (; record < batch.records; record++) {
      try {
        rows.push(readItem(batch, record, positions, file.name, options, firstLines));
      } catch (error) {
        if (!DatasetError.isInstance(error)) throw error;
        refuseLine(error, options);
      }
    }
  }
  if (rows.length === 0) throw new DatasetError(file.name, 'at least one item', 'none');
  const names = Object.keys(columns).filter((name) => name !== 'item' && name !== 'title');
  const lists = new Set(
    names.filter((name) => listSeparator !== undefined && rows.some((row) => row[name]!.includes(listSeparator))),
  );
  return rows.map((row) => {
    const item = { id: row['item']!, title: row['title']! };
    if (names.length === 0) return item;
    const present = names.filter((name) => row[name] !== '');
    const values = present.map((name) => [name, lists.has(name) ? splitList(row[name]!, listSeparator!) : row[name]!]);
    return { ...item, attributes: Object.fromEntries(values) as Record<string, string | string[]> };
  });
}

function readItem(
  batch: RecordBatch,
  record: number,
  positions: Readonly<Partial<Record<string, number>>>,
  file: string,
  options: ItemTableOptions,
  firstLines: Map<string, number>,
): ItemRow {
  const line = batch.lines[record]!;
  const row: Record<string, string> = {};
  for (const [name, position] of Object.entries(positions)) row[name] = decodeField(batch, record, position!);
  row['title'] = cleanTitle(row['title']!, options);
  for (const name of ['item', 'title']) {
    if (row[name] !== '') continue;
    const expected = `a value in column ${describeValue(options.columns[name])}`;
    throw new DatasetError(file, expected, 'an empty field', { line });
  }
  const id = row['item']!;
  const firstLine = firstLines.get(id);
  if (firstLine !== undefined) {
    throw new DatasetError(file, 'one row for each item', `item ${id} again (first in line ${firstLine})`, { line });
  }
  firstLines.set(id, line);
  return row;
}

function splitList(text: string, separator: string): string[] {
  return text
    .split(separator)
    .map((value) => value.trim())
    .filter((value) => value !== '');
}
