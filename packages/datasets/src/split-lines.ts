import { DatasetError } from './dataset-error.ts';

/** One line of a separated file without quoting; `line` counts from 1. */
export interface SeparatedLine {
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * The lines of a file whose fields are never quoted. A byte order mark, CRLF and empty lines are passed over. Throws
 * `DatasetError` for a file without lines and for a line that has not exactly `columns` fields.
 */
export function* splitLines(text: string, file: string, separator: string, columns: number): Generator<SeparatedLine> {
  const rows = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const separatorName = separator === '\t' ? 'tabs' : `"${separator}"`;
  let found = false;
  for (const [index, row] of rows.entries()) {
    if (row === '') continue;
    found = true;
    const fields = row.split(separator);
    if (fields.length !== columns) {
      const expected = `${columns} columns separated by ${separatorName}`;
      throw new DatasetError(file, expected, `${fields.length}`, { line: index + 1 });
    }
    yield { line: index + 1, fields };
  }
  if (!found) throw new DatasetError(file, `lines of ${columns} columns`, 'an empty file');
}
