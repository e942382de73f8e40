import { describeValue } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';

/** Where records come from, for errors. */
export interface RecordSource {
  readonly file: string;
  /** What the file counts its records in, from 1. */
  readonly unit: 'line' | 'row';
}

/** Gives the value of a record in a column; undefined where it has none. */
export type GetField = (column: string) => unknown;

/** Takes record `number` of a file. `getField` is valid during the call. */
export type TakeRecord = (number: number, getField: GetField) => void;

/** The error for record `number` of a file. */
export function describeRecord(
  { file, unit }: RecordSource,
  number: number,
  expected: string,
  received: string,
  advice?: string,
): DatasetError {
  const place = unit === 'row' ? ` in row ${number}` : '';
  return new DatasetError(file, expected, `${received}${place}`, {
    ...(unit === 'line' && { line: number }),
    ...(advice !== undefined && { advice }),
  });
}

/** The error for what stands in a column of record `number`. */
export function describeField(
  source: RecordSource,
  number: number,
  column: string,
  expected: string,
  value: unknown,
  advice?: string,
): DatasetError {
  const where = `${expected} in column ${describeValue(column)}`;
  return describeRecord(source, number, where, describeValue(value), advice);
}
