import { parseDecimal } from '../delimited/decimal.ts';

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
      ? parseIsoTime(String.fromCharCode(...bytes.subarray(start, Math.min(end, start + 40))))
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
  if (typeof value !== 'number' && typeof value !== 'bigint' && typeof value !== 'string') return Number.NaN;
  if (value === '') return Number.NaN;
  return Number(value) / (format === 'milliseconds' ? 1000 : 1);
}

const isoTime = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?)?$/;

function parseIsoTime(text: string): number {
  const match = isoTime.exec(text.trim());
  if (match === null) return Number.NaN;
  const [, date, time = '00:00', offset = 'Z'] = match;
  // Without the colon engines disagree about the offset.
  return Date.parse(`${date}T${time}${offset.replace(/^(...)(\d\d)$/, '$1:$2')}`) / 1000;
}
