import { InvalidArgumentError, type Item } from '@rppkit/spec';
import { assertOneOf } from '../assert-one-of.ts';
import { type Dataset, type InteractionOrder, interactionOrders } from '../dataset.ts';
import type { DataFile } from '../files/data-file.ts';
import { convertToUtf8 } from '../files/text-encoding.ts';
import { type CsvSyntax, completeSyntax } from './csv-syntax.ts';
import { type InteractionColumns, readInteractionTable } from './interaction-table.ts';
import { type TimeFormat, timeFormats } from './interaction-time.ts';

/** How a file of interactions becomes a data set, whatever the format. */
export interface InteractionOptions {
  readonly columns: InteractionColumns;
  /** How the time column writes times; default `seconds`, since 1970-01-01 UTC. */
  readonly timeFormat?: TimeFormat;
  /**
   * Meaning of the order; default `timestamp` with a time column, else `column` with a position column, else `none`. Under
   * `column` a time column without a position column is taken as position.
   */
  readonly order?: InteractionOrder;
  /** Known items; they come first, and their titles count. An item that only interactions name is added. */
  readonly items?: readonly Item[];
  /** Name of the data set; default the file's name without folder and extensions. */
  readonly name?: string;
}

export interface InteractionCsvOptions extends CsvSyntax, InteractionOptions {}

/**
 * A data set from a CSV file (or TSV, with the delimiter) with one row an interaction, read as a stream; columns that are
 * not named are not read. Throws `DatasetError` with file and line for an empty file, a missing column (naming those that
 * exist), an empty user, item or title, a value that is no number, a time outside the years 1990 to 2100, a wrong column
 * count, broken quotes and other text than UTF-8, `InvalidArgumentError` for options out of range.
 */
export async function readInteractionCsv(file: DataFile, options: InteractionCsvOptions): Promise<Dataset> {
  const { encoding, ...syntax } = completeSyntax(options);
  const { order, name, ...completed } = completeInteractionOptions(file, options);
  const utf8 = await convertToUtf8(file, encoding);
  const log = await readInteractionTable(utf8, { ...options, ...syntax, ...completed, closedItems: false });
  return { name, log, order };
}

/** The options with their defaults. Throws `InvalidArgumentError` for an order that the columns cannot give. */
export function completeInteractionOptions(
  file: Pick<DataFile, 'name'>,
  { columns, timeFormat = 'seconds', order = getDefaultOrder(columns), items = [], name }: InteractionOptions,
): Required<InteractionOptions> {
  assertOneOf('order', order, interactionOrders);
  assertOneOf('timeFormat', timeFormat, timeFormats);
  if (order === 'timestamp' && columns.time === undefined) {
    throw new InvalidArgumentError('order', '"column" or "none" without a time column', order, 'Name the time column.');
  }
  return { columns: selectColumns(columns, order), timeFormat, order, items, name: name ?? getStem(file.name) };
}

/** Under order `column` a time column alone is the position column: what it holds is declared to be no time. */
function selectColumns({ time, ...columns }: InteractionColumns, order: InteractionOrder): InteractionColumns {
  if (time === undefined) return columns;
  return order === 'column' && columns.position === undefined ? { ...columns, position: time } : { ...columns, time };
}

function getDefaultOrder({ time, position }: InteractionColumns): InteractionOrder {
  if (time !== undefined) return 'timestamp';
  return position === undefined ? 'none' : 'column';
}

/** `folder/ratings.csv.gz` → `ratings`. */
function getStem(fileName: string): string {
  const base = fileName.replace(/^.*[\\/]/, '');
  return base.replace(/(?<=.)\.[^.]*(?:\.gz)?$/, '');
}
