import { describeValue } from '@rppkit/spec';
import { DatasetError } from '../dataset-error.ts';
import type { FieldSyntax } from '../delimited/field-syntax.ts';
import { readRecords } from '../delimited/read-records.ts';
import { decodeField } from '../delimited/record-batch.ts';
import type { DataFile } from '../files/data-file.ts';
import type { InteractionColumns } from './interaction-table.ts';

/** Types of the columns of an atomic file; a `_seq` holds several values, separated by blanks. */
type AtomicType = 'token' | 'token_seq' | 'float' | 'float_seq';

/** One column of an atomic file. */
export interface AtomicColumn {
  /** As written, with the type: `item_id:token`. */
  readonly label: string;
  readonly name: string;
  readonly type: AtomicType;
}

const types: readonly string[] = ['token', 'token_seq', 'float', 'float_seq'] satisfies AtomicType[];

/** Names, without types, of the columns of atomic files that differ from the usual ones. */
export type AtomicColumns = Partial<InteractionColumns>;

/** Atomic files have tabs between fields and no quoting at all. */
export const atomicSyntax: FieldSyntax = { delimiter: '\t', quotes: false };

/** The columns that the first line of an atomic file names. Throws `DatasetError` for a column without a known type. */
export async function readAtomicHeader(file: DataFile): Promise<AtomicColumn[]> {
  const labels: string[] = [];
  for await (const batch of readRecords(file, atomicSyntax)) {
    for (let column = 0; column < batch.columns; column++) labels.push(decodeField(batch, 0, column));
    break;
  }
  return labels.map((label) => {
    const [name, type] = label.split(':');
    if (name !== '' && type !== undefined && types.includes(type))
      return { label, name: name!, type: type as AtomicType };
    throw new DatasetError(
      file.name,
      `columns written as name:type, with a type of ${types.join(', ')}`,
      describeValue(label),
      {
        line: 1,
        advice: 'Read other separated files as CSV with a tab as delimiter.',
      },
    );
  });
}
