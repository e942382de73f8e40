import type { UpdateMetrics } from '@rppkit/spec';

/**
 * Metrics as a CSV table (RFC 4180: lines end with CR LF, a field with a comma, a quote or a line end is quoted). There is a
 * column for every name that any row has, in the order in which they first appear; a row without that metric has an empty
 * field. Numbers are written so that reading them back gives the same ones, with `NaN`, `Infinity` and `-Infinity`. No
 * rows give an empty text.
 */
export function renderMetricsCsv(rows: readonly UpdateMetrics[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (columns.length === 0) return '';
  const lines = [columns, ...rows.map((row) => columns.map((column) => renderNumber(row[column])))];
  return lines.map((fields) => `${renderLine(fields)}\r\n`).join('');
}

function renderNumber(value: number | undefined): string {
  return value === undefined ? '' : Object.is(value, -0) ? '-0' : String(value);
}

function renderLine(fields: readonly string[]): string {
  // Readers skip empty lines, so a lone empty field is quoted.
  if (fields.length === 1 && fields[0] === '') return '""';
  return fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
}
