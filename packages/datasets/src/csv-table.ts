import { describeValue, InvalidArgumentError } from '@rppkit/spec';
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { DatasetError } from './dataset-error.ts';

/** One record of a CSV file with the wanted columns only. */
export interface CsvRecord<Column extends string> {
  /** 1-based line on which the record ends. */
  readonly line: number;
  readonly fields: Readonly<Record<Column, string>>;
}

/** A delimited text and how to read it. */
export interface CsvOptions {
  /** Named in errors. */
  readonly fileName: string;
  /** One character between fields, no quote and no line break; default `,`. */
  readonly delimiter?: string;
}

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/**
 * Records of a CSV text (RFC 4180) with a header; `columns` maps names of fields to names of columns. A byte order mark,
 * CRLF, empty lines and blanks around header names are passed over. Throws `DatasetError` for an empty file, a header
 * without a named column, a wrong column count and broken quotes, `InvalidArgumentError` for another delimiter.
 */
export function parseCsvTable<Column extends string>(
  text: string,
  columns: Readonly<Record<Column, string>>,
  { fileName, delimiter = ',' }: CsvOptions,
): CsvRecord<Column>[] {
  if (!/^[^"\r\n]$/u.test(delimiter)) {
    throw new InvalidArgumentError('delimiter', 'one character, no quote and no line break', delimiter);
  }
  const [head, ...body] = parseRecords(text, fileName, delimiter);
  if (head === undefined) throw new DatasetError(fileName, 'a header line and records', 'an empty file');
  const header = head.record.map((name) => name.trim());
  const wanted = Object.entries<string>(columns).map(([field, column]) => {
    const position = header.indexOf(column);
    if (position === -1) {
      throw new DatasetError(fileName, `a column named ${describeValue(column)}`, `columns ${header.join(', ')}`, {
        line: head.info.lines,
        advice:
          header.length === 1 ? 'Pass the delimiter if it is not a comma.' : 'Pass the name of an existing column.',
      });
    }
    if (header.lastIndexOf(column) !== position) {
      throw new DatasetError(fileName, `one column named ${describeValue(column)}`, 'several', {
        line: head.info.lines,
        advice: 'Rename one of them.',
      });
    }
    return [field, position] as const;
  });
  if (body.length === 0) throw new DatasetError(fileName, 'records below the header', 'none');
  return body.map(({ record, info: { lines: line } }) => {
    if (record.length !== header.length) {
      throw new DatasetError(fileName, `${header.length} columns as in the header`, `${record.length}`, { line });
    }
    const fields = Object.fromEntries(wanted.map(([field, position]) => [field, record[position]!]));
    return { line, fields: fields as Record<Column, string> };
  });
}

/** The text of a field that must not be empty, without blanks around it. */
export function requireField(text: string, column: string, file: string, line: number): string {
  const trimmed = text.trim();
  if (trimmed === '') {
    throw new DatasetError(file, `a value in column ${describeValue(column)}`, 'an empty field', { line });
  }
  return trimmed;
}

function parseRecords(text: string, file: string, delimiter: string): ParsedRecord[] {
  // csv-parse counts a CRLF inside quotes as two lines.
  const unixText = text.replaceAll('\r\n', '\n');
  try {
    const options = { bom: true, delimiter, info: true, relax_column_count: true, skip_empty_lines: true } as const;
    // The declared type of `parse` does not know that `info` wraps each record.
    return parse(unixText, options) as unknown as ParsedRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line: unknown = error.lines;
    throw new DatasetError(file, 'fields that hold quotes to be quoted as in RFC 4180', error.message, {
      line: typeof line === 'number' ? line : undefined,
      cause: error,
    });
  }
}
