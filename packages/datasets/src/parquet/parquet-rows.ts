import { describeValue } from '@rppkit/spec';
import { type ParquetScan, parquetScan, parquetSchema } from 'hyparquet/src/index.js';
import { compressors } from 'hyparquet-compressors';
import { DatasetError } from '../dataset-error.ts';
import type { DataFile } from '../files/data-file.ts';
import type { TakeRecord } from '../formats/record-source.ts';
import { loadRandomAccessFile, type RandomAccessFile } from './random-access-file.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Hands the rows of a Parquet file with any codec to `takeRecord`, one row group at a time; only the columns that `columnMap`
 * names are read, and of a `RandomAccessFile` no other bytes. Times are `Date`s, 64-bit integers `bigint`s, texts that are
 * no UTF-8 stay bytes. Throws `DatasetError` that names the file where it is no Parquet file or damaged, and the column
 * where it has none.
 */
export async function readParquetRows(
  file: DataFile | RandomAccessFile,
  columnMap: Readonly<Partial<Record<string, string>>>,
  takeRecord: TakeRecord,
): Promise<void> {
  const columns = [...new Set(Object.values(columnMap).filter((column) => column !== undefined))];
  const scan = await openScan('slice' in file ? file : await loadRandomAccessFile(file));
  assertColumns(file.name, scan, columns);
  for (const range of scan.ranges) {
    const values = await readColumns(file.name, scan, columns, range);
    let at = 0;
    const getField = (column: string): unknown => values.get(column)![at];
    for (; at < range.rowEnd - range.rowStart; at++) takeRecord(range.rowStart + at + 1, getField);
  }
}

async function readColumns(
  file: string,
  scan: ParquetScan,
  columns: readonly string[],
  { rowStart, rowEnd }: ParquetScan['ranges'][number],
): Promise<Map<string, ArrayLike<unknown>>> {
  const rows = `rows ${rowStart + 1} to ${rowEnd} to be complete`;
  const values = new Map<string, ArrayLike<unknown>>();
  for (const column of columns) {
    const read = await scan.readColumn({ column, rowStart, rowEnd }).catch((cause) => {
      throw describeDamage(file, rows, cause);
    });
    if (read.length !== rowEnd - rowStart) throw describeDamage(file, rows, new Error(`${read.length} rows`));
    values.set(column, read);
  }
  return values;
}

async function openScan(file: RandomAccessFile): Promise<ParquetScan> {
  try {
    return await parquetScan({ file, compressors, parsers: { stringFromBytes: decodeText } });
  } catch (cause) {
    throw describeDamage(file.name, 'a Parquet file', cause);
  }
}

/** Bytes that are no text stay bytes, so that whoever reads the value refuses it. */
function decodeText(bytes: Uint8Array | undefined): string | Uint8Array | undefined {
  try {
    return bytes && decoder.decode(bytes);
  } catch {
    return bytes;
  }
}

function assertColumns(file: string, { metadata }: ParquetScan, columns: readonly string[]): void {
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  for (const column of columns) {
    if (names.includes(column)) continue;
    throw new DatasetError(file, `a column named ${describeValue(column)}`, `columns ${names.join(', ')}`, {
      advice: 'Pass the name of an existing column.',
    });
  }
}

function describeDamage(file: string, expected: string, cause: unknown): DatasetError {
  // Whoever gives the bytes has said it better.
  if (DatasetError.isInstance(cause)) return cause;
  const received = cause instanceof Error ? `a fault (${cause.message})` : 'a fault';
  return new DatasetError(file, expected, received, { advice: 'Download or copy it again.', cause });
}
