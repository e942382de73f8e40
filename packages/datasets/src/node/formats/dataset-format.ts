import type { InteractionOrder } from '../../dataset.ts';
import type { ReadOptions } from '../../files/read-options.ts';
import type { TextEncoding } from '../../files/text-encoding.ts';
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

/** A file with one row an item that goes with interactions in `csv`, `json-lines` or `parquet`. */
export interface ItemFileOptions {
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
  /** Meaning of the order; see the reader of the format. */
  readonly order?: InteractionOrder;
  /** `csv`, `json-lines`, `parquet`: names of the columns; needed there. */
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
