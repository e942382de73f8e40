import { type FileHandle, open } from 'node:fs/promises';
import { DatasetError } from '../../dataset-error.ts';
import { describeFileFault } from './describe-file-fault.ts';

/**
 * The bytes of a file on disk in chunks of 1 MiB. The chunks share one buffer: each is valid until the next is asked
 * for. The file is closed also where the consumer stops early. Throws `DatasetError` where it cannot be read.
 */
export async function* readFileChunks(path: string): AsyncGenerator<Uint8Array> {
  const handle = await openForReading(path);
  try {
    const buffer = Buffer.allocUnsafeSlow(1 << 20);
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, null).catch((error: unknown) => {
        throw describeReadFault(path, error);
      });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** Size and first four bytes of a file. Throws `DatasetError` where it is missing, a folder or not readable. */
export async function readFileHead(path: string): Promise<{ readonly size: number; readonly head: Uint8Array }> {
  const handle = await openForReading(path);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    return { size, head: buffer.subarray(0, bytesRead) };
  } catch (error) {
    throw describeReadFault(path, error);
  } finally {
    await handle.close();
  }
}

async function openForReading(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    throw describeReadFault(path, error);
  }
}

function describeReadFault(path: string, error: unknown): DatasetError {
  return new DatasetError(path, 'a file of data', describeFileFault(error), {
    advice: 'Check the path.',
    cause: error,
  });
}
