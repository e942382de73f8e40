import { InvalidArgumentError } from '@rppkit/spec';
import type { InteractionOrder } from '../../dataset.ts';
import type { ReadOptions } from '../../files/read-options.ts';
import type { TextEncoding } from '../../files/text-encoding.ts';
import type { CsvSyntax } from '../../formats/csv-syntax.ts';
import type { InteractionColumns } from '../../formats/interaction-table.ts';
import type { TimeFormat } from '../../formats/interaction-time.ts';
import type { ItemColumns } from '../../formats/item-table.ts';
import type { TitleOptions } from '../../titles/clean-title.ts';

/** The layouts that `readDataset` knows. */
export type DatasetFormat =
  | 'ml-100k'
  | 'ml-1m'
  | 'ml-10m'
  | 'ml-latest'
  | 'hetrec-lastfm'
  | 'amazon-2014'
  | 'amazon-2018'
  | 'amazon-2023'
  | 'recbole'
  | 'csv'
  | 'json-lines'
  | 'parquet';

export const datasetFormats: readonly DatasetFormat[] = [
  'ml-100k',
  'ml-1m',
  'ml-10m',
  'ml-latest',
  'hetrec-lastfm',
  'amazon-2014',
  'amazon-2018',
  'amazon-2023',
  'recbole',
  'csv',
  'json-lines',
  'parquet',
];

/**
 * A file with one row an item that goes with interactions in `csv`, `json-lines` or `parquet`. Where it is CSV and the
 * interactions are too, it is written like them unless said otherwise.
 */
export interface ItemFileOptions extends Pick<CsvSyntax, 'delimiter' | 'quotes' | 'header' | 'encoding'> {
  readonly path: string;
  readonly columns: ItemColumns;
  /** CSV: what stands between the values of a list; default `|`. */
  readonly listSeparator?: string;
}

export interface ReadDatasetOptions extends ReadOptions, TitleOptions {
  /** Default: recognised by the names of the files; the releases of Amazon reviews must be named. */
  readonly format?: DatasetFormat;
  /** Name of the data set; default that of the format or of the file. */
  readonly name?: string;
  /** Not MovieLens: meaning of the order; see the reader of the format. */
  readonly order?: InteractionOrder;
  /** `csv`, `json-lines`, `parquet`: names of the columns; needed there. `recbole`: those that are not the usual ones. */
  readonly columns?: InteractionColumns;
  /** `csv`, `json-lines`, `parquet`: how times are written; default `seconds`. */
  readonly timeFormat?: TimeFormat;
  /** `csv`: text between fields; default a tab for `.tsv`, else a comma. */
  readonly delimiter?: string;
  /** `csv`: whether fields may stand in quotes; default true. */
  readonly quotes?: boolean;
  /** `csv`: names of the columns of a file without a header line. */
  readonly header?: readonly string[];
  /** `csv`: default `utf-8`. */
  readonly encoding?: TextEncoding;
  /** `csv`, `json-lines`, `parquet`: a second file, with items. */
  readonly items?: ItemFileOptions;
  /** `recbole`: column with the titles of items. */
  readonly titleColumn?: string;
  /** Amazon: all items that the meta file lists, or those with an interaction (default). */
  readonly catalogue?: 'interacted' | 'all';
}

const tables: readonly DatasetFormat[] = ['csv', 'json-lines', 'parquet'];
const amazon: readonly DatasetFormat[] = ['amazon-2014', 'amazon-2018', 'amazon-2023'];

/** Options that only some formats heed. */
const scopes: Readonly<Partial<Record<keyof ReadDatasetOptions, readonly DatasetFormat[]>>> = {
  order: ['recbole', 'hetrec-lastfm', ...amazon, ...tables],
  columns: ['recbole', ...tables],
  timeFormat: tables,
  delimiter: ['csv'],
  quotes: ['csv'],
  header: ['csv'],
  encoding: ['csv'],
  items: tables,
  titleColumn: ['recbole'],
  catalogue: amazon,
};

/** Throws `InvalidArgumentError` for an option that the reader of the format would pass over. */
export function assertOptionsFit(format: DatasetFormat, options: ReadDatasetOptions): void {
  for (const [name, formats] of Object.entries(scopes)) {
    const value = options[name as keyof ReadDatasetOptions];
    if (value === undefined || formats.includes(format)) continue;
    const expected = `absent for the format ${format}`;
    throw new InvalidArgumentError(name, expected, value, `It is for ${formats.join(', ')}.`);
  }
}
