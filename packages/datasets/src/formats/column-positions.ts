import { describeValue } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';

/**
 * Where the named columns stand in a header; absent names are left out. `line` is that of the header, undefined where the
 * caller gave it. Throws `DatasetError` for a column that the header lacks or has twice, naming those that exist.
 */
export function findColumns<Field extends string>(
  header: readonly string[],
  columns: Readonly<Partial<Record<Field, string>>>,
  file: string,
  line?: number,
): Partial<Record<Field, number>> {
  const positions: Partial<Record<Field, number>> = {};
  for (const [field, column] of Object.entries<string | undefined>(columns)) {
    if (column === undefined) continue;
    const position = header.indexOf(column);
    if (position === -1) {
      const single = 'Pass the delimiter of the file, or the name of an existing column.';
      throw new DatasetError(file, `a column named ${describeValue(column)}`, `columns ${listNames(header)}`, {
        line,
        advice: header.length === 1 ? single : 'Pass the name of an existing column.',
      });
    }
    if (header.lastIndexOf(column) !== position) {
      throw new DatasetError(file, `one column named ${describeValue(column)}`, 'several', {
        line,
        advice: 'Rename one of them.',
      });
    }
    positions[field as Field] = position;
  }
  return positions;
}

/** Column names for errors; a file that is no table can have a great many. */
export function listNames(names: readonly string[]): string {
  const shown = names.slice(0, 50).map((name) => (name.length > 80 ? `${name.slice(0, 80)}…` : name));
  return names.length > shown.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}
