import type { DatasetError } from '../../dataset-error.ts';
import type { DataFile } from '../../files/data-file.ts';
import type { FieldSyntax } from '../field-syntax.ts';
import { readRecords } from '../read-records.ts';
import { decodeField } from '../record-batch.ts';

const encoder = new TextEncoder();

/** A file in chunks of the given size, each overwritten once the next is asked for. */
function createChunkedFile(content: string | Uint8Array, chunkSize: number): DataFile {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content;
  return {
    name: 'x.csv',
    async *chunks() {
      const chunk = new Uint8Array(chunkSize);
      for (let at = 0; at < bytes.length; at += chunkSize) {
        const part = bytes.subarray(at, at + chunkSize);
        chunk.set(part);
        yield chunk.subarray(0, part.length);
        chunk.fill(0);
      }
    },
  };
}

/** A record as plain values. */
export interface ReadRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** All records of a file in chunks of a size. */
export async function readAll(
  content: string | Uint8Array,
  syntax: FieldSyntax,
  { chunkSize = 1 << 16, onBadLine }: { chunkSize?: number; onBadLine?: (error: DatasetError) => void } = {},
): Promise<ReadRecord[]> {
  const records: ReadRecord[] = [];
  const options = onBadLine === undefined ? {} : { onBadLine };
  for await (const batch of readRecords(createChunkedFile(content, chunkSize), syntax, options)) {
    for (let record = 0; record < batch.records; record++) {
      const fields = Array.from({ length: batch.columns }, (_, column) => decodeField(batch, record, column));
      records.push({ line: batch.lines[record]!, fields });
    }
  }
  return records;
}
