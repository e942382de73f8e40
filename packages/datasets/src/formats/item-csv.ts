import type { Item } from '@rppkit/spec';
import type { DataFile } from '../files/data-file.ts';
import { convertToUtf8 } from '../files/text-encoding.ts';
import { type CsvSyntax, completeSyntax } from './csv-syntax.ts';
import { type ItemColumns, readItemTable } from './item-table.ts';

export interface ItemCsvOptions extends CsvSyntax {
  readonly columns: ItemColumns;
  /** What stands between the values of a list, such as genres; default `|`. */
  readonly listSeparator?: string;
}

/**
 * Items from a CSV file (or TSV, with the delimiter) with one row an item; columns that are not named are not read. An
 * attribute in which any row has the list separator is a list in every row; an empty attribute is left out. Throws
 * `DatasetError` with file and line for an empty file, a missing column, an empty id or title, an id that occurs twice,
 * a wrong column count, broken quotes and other text than UTF-8, `InvalidArgumentError` for options out of range.
 */
export async function readItemCsv(file: DataFile, options: ItemCsvOptions): Promise<Item[]> {
  const { encoding, ...syntax } = completeSyntax(options);
  const { listSeparator = '|' } = options;
  return readItemTable(await convertToUtf8(file, encoding), { ...options, ...syntax, listSeparator });
}
