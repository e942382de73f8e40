import { readRecords } from '../delimited/read-records.ts';
import type { DataFile } from './data-file.ts';
import type { ReadOptions } from './read-options.ts';

/** A line of a text file. */
export interface TextLine {
  /** Without its line end. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * The lines of a file in UTF-8, read as a stream; lines without anything but blanks are passed over. Throws `DatasetError`
 * as `readRecords` does: for other bytes than UTF-8, a binary file, a line of more than 16 MiB and an empty file.
 */
export async function* readLines(file: DataFile, options: ReadOptions = {}): AsyncGenerator<TextLine> {
  // A line holds no line end, so that it is a record of one field.
  const syntax = { delimiter: '\n', quotes: false, columns: 1 };
  for await (const { bytes, records, starts, ends, lines } of readRecords(file, syntax, options)) {
    for (let record = 0; record < records; record++) {
      const text = decoder.decode(bytes.subarray(starts[record], ends[record]));
      if (text.trim() !== '') yield { text, line: lines[record]! };
    }
  }
}
