import { open, stat } from 'node:fs/promises';
import { DatasetError } from '../../dataset-error.ts';
import type { RandomAccessFile } from '../../parquet/random-access-file.ts';
import { describeFileFault } from './describe-file-fault.ts';

/** A file on disk of which parts are read as they are asked for. Throws `DatasetError` where it cannot be read. */
export async function openRandomAccessFile(path: string): Promise<RandomAccessFile> {
  const { size } = await withReadFault(path, stat(path));
  return {
    name: path,
    byteLength: size,
    slice: (start, end = size) => withReadFault(path, readPart(path, start, end)),
  };
}

/** Opens the file for each part, of which there are few, so that nothing is left open. */
async function readPart(path: string, start: number, end: number): Promise<ArrayBuffer> {
  const file = await open(path, 'r');
  try {
    const bytes = new Uint8Array(end - start);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
      if (bytesRead === 0)
        throw new DatasetError(path, `${end} bytes`, `${start + filled}`, { advice: 'It changed while it was read.' });
      filled += bytesRead;
    }
    return bytes.buffer;
  } finally {
    await file.close();
  }
}

async function withReadFault<Result>(path: string, action: Promise<Result>): Promise<Result> {
  try {
    return await action;
  } catch (error) {
    if (DatasetError.isInstance(error)) throw error;
    throw new DatasetError(path, 'a file of data', describeFileFault(error), {
      advice: 'Check the path.',
      cause: error,
    });
  }
}
