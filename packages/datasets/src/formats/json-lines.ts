import type { Item } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import type { DataFile } from '../files/data-file.ts';
import type { ReadOptions } from '../files/read-options.ts';
import type { TitleOptions } from '../titles/clean-title.ts';
import { completeInteractionOptions, type InteractionOptions } from './interaction-csv.ts';
import type { ItemColumns } from './item-table.ts';
import { readJsonRecords } from './json-records.ts';
import { ObjectInteractions } from './object-interactions.ts';
import { ObjectItems } from './object-items.ts';

export interface InteractionJsonLinesOptions extends InteractionOptions, ReadOptions, TitleOptions {}

export interface ItemJsonLinesOptions extends ReadOptions, TitleOptions {
  readonly columns: ItemColumns;
}

/**
 * A data set from a JSON Lines file in UTF-8 with one object an interaction, read as a stream. Columns name fields, or with
 * points the way to a nested one (`product.id`; a field whose own name has the point comes first). Ids are texts or whole
 * numbers (3 becomes `3`), times and numbers may stand in quotes. Throws `DatasetError` with file and line for an empty
 * file, a line that is no JSON object, a missing, null or empty id or title, a value that is no number and a time outside
 * the years 1990 to 2100, `InvalidArgumentError` for options out of range.
 */
export async function readInteractionJsonLines(file: DataFile, options: InteractionJsonLinesOptions): Promise<Dataset> {
  const { order, name, ...completed } = completeInteractionOptions(file, options);
  const interactions = new ObjectInteractions({ file: file.name, unit: 'line' }, { ...options, ...completed });
  await readJsonRecords(file, options, (line, getField) => interactions.collect(line, getField));
  return { name, log: interactions.takeLog(), order };
}

/**
 * Items from a JSON Lines file in UTF-8 with one object an item; columns name fields as in `readInteractionJsonLines`. An
 * attribute may be a text, a number or a list of them; one that is null, absent or empty is left out. Throws `DatasetError`
 * with file and line for an empty file, a line that is no JSON object, a missing, null or empty id or title, an id that
 * occurs twice and an attribute of another kind.
 */
export async function readItemJsonLines(file: DataFile, options: ItemJsonLinesOptions): Promise<Item[]> {
  const items = new ObjectItems({ file: file.name, unit: 'line' }, options);
  await readJsonRecords(file, options, (line, getField) => items.collect(line, getField));
  return items.takeItems();
}
