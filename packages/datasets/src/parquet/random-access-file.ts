import type { DataFile } from '../files/data-file.ts';
import { readBytes } from '../files/text-encoding.ts';

/** A file of which parts can be read in any order: on a disk, behind HTTP range requests, or in memory. */
export interface RandomAccessFile {
  readonly name: string;
  readonly byteLength: number;
  /** The bytes from `start` to `end` (exclusive; default the end of the file), in a buffer of their own. */
  slice(start: number, end?: number): ArrayBuffer | Promise<ArrayBuffer>;
}

/** The whole of a file in memory, so that parts of it can be read. */
export async function loadRandomAccessFile(file: DataFile): Promise<RandomAccessFile> {
  const bytes = await readBytes(file);
  return {
    name: file.name,
    byteLength: bytes.byteLength,
    slice: (start, end) => bytes.slice(start, end).buffer as ArrayBuffer,
  };
}
