import { describeValue } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';

/**
 * Where the named columns stand in a header; absent names are left out. Throws `DatasetError` for a column that the header
 * lacks or has twice, naming those that exist.
 */
export function findColumns<Field extends string>(
  header: readonly string[],
  columns: Readonly<Partial<Record<Field, string>>>,
  file: string,
): Partial<Record<Field, number>> {
  const positions: Partial<Record<Field, number>> = {};
  for (const [field, column] of Object.entries<string | undefined>(columns)) {
    if (column === undefined) continue;
    const position = header.indexOf(column);
    if (position === -1) {
      const single = 'Pass the delimiter of the file, or the name of an existing column.';
      throw new DatasetError(file, `a column named ${describeValue(column)}`, `columns ${header.join(', ')}`, {
        line: 1,
        advice: header.length === 1 ? single : 'Pass the name of an existing column.',
      });
    }
    if (header.lastIndexOf(column) !== position) {
      throw new DatasetError(file, `one column named ${describeValue(column)}`, 'several', {
        line: 1,
        advice: 'Rename one of them.',
      });
    }
    positions[field as Field] = position;
  }
  return positions;
}
