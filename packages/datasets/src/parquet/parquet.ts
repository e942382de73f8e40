import type { Item } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import type { DataFile } from '../files/data-file.ts';
import type { ReadOptions } from '../files/read-options.ts';
import { completeInteractionOptions, type InteractionOptions } from '../formats/interaction-csv.ts';
import type { ItemColumns } from '../formats/item-table.ts';
import { ObjectInteractions } from '../formats/object-interactions.ts';
import { ObjectItems } from '../formats/object-items.ts';
import type { TitleOptions } from '../titles/clean-title.ts';
import { readParquetRows } from './parquet-rows.ts';
import type { RandomAccessFile } from './random-access-file.ts';

export interface InteractionParquetOptions extends InteractionOptions, ReadOptions, TitleOptions {}

export interface ItemParquetOptions extends ReadOptions, TitleOptions {
  readonly columns: ItemColumns;
}

/**
 * A data set from a Parquet file with one row an interaction, read row group by row group; columns that are not named are
 * not read. A `DataFile` is held in memory, a `RandomAccessFile` is not. Ids are texts or integers (3 becomes `3`); columns
 * with a time type need no `timeFormat`. Throws `DatasetError` with the file, and in its text the row, for a file that is no
 * Parquet or damaged, a missing column (naming those that exist), a missing or empty id or title, a value that is no number
 * and a time outside the years 1990 to 2100, `InvalidArgumentError` for options out of range.
 */
export async function readInteractionParquet(
  file: DataFile | RandomAccessFile,
  options: InteractionParquetOptions,
): Promise<Dataset> {
  const { order, name, ...completed } = completeInteractionOptions(file, options);
  const interactions = new ObjectInteractions({ file: file.name, unit: 'row' }, { ...options, ...completed });
  await readParquetRows(file, { ...options.columns }, (row, getField) => interactions.collect(row, getField));
  return { name, log: interactions.takeLog(), order };
}

/**
 * Items from a Parquet file with one row an item. An attribute may be a text, a number or a list of them; one that is null
 * or empty is left out. Throws `DatasetError` as `readInteractionParquet` does, and for an id that occurs twice and an
 * attribute of another kind.
 */
export async function readItemParquet(file: DataFile | RandomAccessFile, options: ItemParquetOptions): Promise<Item[]> {
  const items = new ObjectItems({ file: file.name, unit: 'row' }, options);
  await readParquetRows(file, { ...options.columns }, (row, getField) => items.collect(row, getField));
  return items.takeItems();
}
