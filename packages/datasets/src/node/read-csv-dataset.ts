import type { Dataset, InteractionOrder } from '../dataset.ts';
import { type InteractionColumns, parseInteractionCsv } from '../interaction-csv.ts';
import { type ItemColumns, parseItemCsv } from '../item-csv.ts';
import { readTextFile } from './read-text-file.ts';

export interface CsvDatasetOptions {
  /** Path of the file with one row an interaction. */
  readonly interactions: string;
  readonly columns: InteractionColumns;
  /** One character between fields, in both files; default `,`. */
  readonly delimiter?: string;
  /** A file with one row an item. */
  readonly items?: { readonly path: string; readonly columns: ItemColumns };
  /** Meaning of the order; default `timestamp` where a time column is named, else `none`. */
  readonly order?: InteractionOrder;
  /** Name of the data set; default the file name of `interactions` without its extension. */
  readonly name?: string;
}

/** A data set from one or two UTF-8 CSV files. Throws `DatasetError` for unreadable files and as the parsers do. */
export async function readCsvDataset({
  interactions,
  items,
  delimiter = ',',
  ...options
}: CsvDatasetOptions): Promise<Dataset> {
  const text = await readTextFile(interactions, 'a CSV file of interactions', 'none');
  if (items === undefined) return parseInteractionCsv(text, { ...options, fileName: interactions, delimiter });
  const itemText = await readTextFile(items.path, 'a CSV file of items', 'none');
  const known = parseItemCsv(itemText, { columns: items.columns, fileName: items.path, delimiter });
  return parseInteractionCsv(text, { ...options, fileName: interactions, delimiter, items: known });
}
