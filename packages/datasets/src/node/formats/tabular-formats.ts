import { basename } from 'node:path';
import { InvalidArgumentError, type Item } from '@rppkit/spec';
import type { Dataset } from '../../dataset.ts';
import { DatasetError } from '../../dataset-error.ts';
import type { InteractionOptions } from '../../formats/interaction-csv.ts';
import { readInteractionCsv } from '../../formats/interaction-csv.ts';
import { readItemCsv } from '../../formats/item-csv.ts';
import { readInteractionJsonLines, readItemJsonLines } from '../../formats/json-lines.ts';
import { openDataFile } from '../files/open-data-file.ts';
import { openRandomAccessFile } from '../files/open-random-access-file.ts';
import type { ItemFileOptions, ReadDatasetOptions } from './dataset-format.ts';

/** Formats with one row an interaction and columns that the caller names. */
export type TabularFormat = 'csv' | 'json-lines' | 'parquet';

const extensions: readonly (readonly [RegExp, TabularFormat])[] = [
  [/\.(csv|tsv|txt|dat)(\.gz|\.zip)?$/i, 'csv'],
  [/\.(jsonl|ndjson|json)(\.gz|\.zip)?$/i, 'json-lines'],
  [/\.parquet$/i, 'parquet'],
];

/** The format that a file's name tells; undefined where it tells none. */
export function recogniseTable(path: string): TabularFormat | undefined {
  return extensions.find(([pattern]) => pattern.test(path))?.[1];
}

/**
 * A data set from a file of interactions and, where one is named, a file of items. `file` is the name of the file itself,
 * which is not that of `path` where that is an archive of it.
 */
export async function readTabularDataset(
  path: string,
  file: string,
  format: TabularFormat,
  options: ReadDatasetOptions,
): Promise<Dataset> {
  const { columns } = options;
  if (columns === undefined) {
    const advice = 'Pass the names of the columns with users and items.';
    throw new InvalidArgumentError('columns', `given for the format ${format}`, columns, advice);
  }
  const { items: itemFile, ...rest } = options;
  const items = itemFile === undefined ? [] : await readItems(itemFile, options);
  const all: Omit<ReadDatasetOptions, 'items'> & InteractionOptions = { ...rest, columns, items };
  switch (format) {
    case 'csv':
      return readInteractionCsv(await openDataFile(path), { delimiter: getDelimiter(file), ...all });
    case 'json-lines':
      return readInteractionJsonLines(await openDataFile(path), all);
    case 'parquet': {
      const { readInteractionParquet } = await import('../../parquet/parquet.ts');
      // Of an archive no parts can be read.
      const source = basename(path) === file ? await openRandomAccessFile(path) : await openDataFile(path);
      return readInteractionParquet(source, all);
    }
  }
}

/** The file of items has a format of its own, and the interactions' way to separate fields unless it has its own. */
async function readItems(
  { path, columns, ...own }: ItemFileOptions,
  { header: _, ...options }: ReadDatasetOptions,
): Promise<Item[]> {
  const format = recogniseTable(path);
  if (format === undefined) {
    const expected = 'a file of items that ends in .csv, .tsv, .jsonl or .parquet';
    throw new DatasetError(path, expected, 'another name', { advice: 'Rename or convert it.' });
  }
  const all = { ...options, columns };
  if (format === 'parquet') {
    // Loaded where it is needed: it is larger than all other readers together.
    const { readItemParquet } = await import('../../parquet/parquet.ts');
    return readItemParquet(await openRandomAccessFile(path), all);
  }
  const file = await openDataFile(path);
  if (format === 'json-lines') return readItemJsonLines(file, all);
  return readItemCsv(file, { delimiter: getDelimiter(path), ...all, ...own });
}

function getDelimiter(path: string): string {
  return /\.tsv(\.gz|\.zip)?$/i.test(path) ? '\t' : ',';
}
