import { parseDecimal } from '../delimited/decimal.ts';
import { dropBlanks, skipBlanks } from '../delimited/record-batch.ts';
import { parseNumberValue } from './field-values.ts';

/** How a column writes times. Texts in ISO 8601 without an offset count as UTC. */
export type TimeFormat = 'seconds' | 'milliseconds' | 'iso-8601';

export const timeFormats: readonly TimeFormat[] = ['seconds', 'milliseconds', 'iso-8601'];

// 1990-01-01 and 2100-01-01.
const earliest = 631_152_000;
const latest = 4_102_444_800;

/** What a time must be, for errors. */
export const describeTime: Readonly<Record<TimeFormat, string>> = {
  seconds: 'a time in seconds since 1970, between the years 1990 and 2100',
  milliseconds: 'a time in milliseconds since 1970, between the years 1990 and 2100',
  'iso-8601': 'a time such as 2024-05-31T12:00:00Z, between the years 1990 and 2100',
};

/** What to do about a column whose values are no times. */
export const timeAdvice: string =
  "If it is a time, pass its format; if it orders rows without being one, declare order 'column'.";

/**
 * Seconds since 1970-01-01 UTC from a field in UTF-8; NaN for what is no time between the years 1990 and 2100, since a
 * count or a time in another unit would sort as well and mean something else.
 */
export function parseTimeField(bytes: Uint8Array, start: number, end: number, format: TimeFormat): number {
  const time =
    format === 'iso-8601'
      ? parseIsoField(bytes, start, end)
      : parseDecimal(bytes, start, end) / (format === 'milliseconds' ? 1000 : 1);
  return time >= earliest && time < latest ? time : Number.NaN;
}

/** `parseTimeField` for a value that is no bytes: a number, a text, a date, or the 64-bit integers of Parquet. */
export function parseTimeValue(value: unknown, format: TimeFormat): number {
  const time = readTimeValue(value, format);
  return time >= earliest && time < latest ? time : Number.NaN;
}

function readTimeValue(value: unknown, format: TimeFormat): number {
  if (value instanceof Date) return value.getTime() / 1000;
  if (format === 'iso-8601') return typeof value === 'string' ? parseIsoTime(value) : Number.NaN;
  return parseNumberValue(value) / (format === 'milliseconds' ? 1000 : 1);
}

function parseIsoField(bytes: Uint8Array, start: number, end: number): number {
  const from = skipBlanks(bytes, start, end);
  const to = dropBlanks(bytes, from, end);
  // A longer field is no time.
  return to - from > 40 ? Number.NaN : parseIsoTime(String.fromCharCode(...bytes.subarray(from, to)));
}

const isoTime = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?)?$/;

function parseIsoTime(text: string): number {
  const match = isoTime.exec(text.trim());
  if (match === null) return Number.NaN;
  const [, date, time = '00:00', offset = 'Z'] = match;
  // Engines disagree about days that a month lacks, such as 30 February.
  const midnight = new Date(`${date}T00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.toISOString().slice(0, 10) !== date) return Number.NaN;
  // Without the colon engines disagree about the offset.
  return Date.parse(`${date}T${time}${offset.replace(/^(...)(\d\d)$/, '$1:$2')}`) / 1000;
}
