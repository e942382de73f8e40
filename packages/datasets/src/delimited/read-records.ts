import { DatasetError } from '../dataset-error.ts';
import { ByteWindow } from '../files/byte-window.ts';
import type { DataFile } from '../files/data-file.ts';
import type { ReadOptions } from '../files/read-options.ts';
import type { FieldSyntax } from './field-syntax.ts';
import type { RecordBatch } from './record-batch.ts';
import { RecordSplitter } from './record-splitter.ts';

/**
 * The records of a separated file, in batches, read as a stream. Throws `DatasetError` with file and line for a wrong
 * number of columns, broken quotes, bytes that are no UTF-8, a binary file and a line of more than 16 MiB, and for a file
 * without records. All but a binary file and a fault of the line with the column names go to `onBadLine` where there is one.
 */
export async function* readRecords(
  file: DataFile,
  syntax: FieldSyntax,
  options: ReadOptions = {},
): AsyncGenerator<RecordBatch> {
  const window = new ByteWindow(file);
  const splitter = new RecordSplitter(file.name, syntax, options);
  let empty = true;
  try {
    for (let last = false; !last; ) {
      last = !(await window.fill());
      for (;;) {
        const batch = splitter.split(window, last);
        if (batch.records === 0) break;
        empty = false;
        yield batch;
      }
    }
  } finally {
    await window.close();
  }
  if (!empty) return;
  if (splitter.refused) throw new DatasetError(file.name, 'at least one line that can be used', 'none');
  throw new DatasetError(file.name, 'lines of text', 'an empty file');
}
