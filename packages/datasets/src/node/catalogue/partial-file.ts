import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { DatasetError } from '../../dataset-error.ts';
import { describeFileFault } from '../files/describe-file-fault.ts';

/** The beginning of a download on disk, and beside it where it came from. */
export interface PartialFile {
  readonly path: string;
  /** Bytes present, 0 where there is no file. */
  readSize(): Promise<number>;
  /** What a server at `url` can compare to see whether its file is still the one that the bytes came from. */
  readValidator(url: string): Promise<string | undefined>;
  /** Forgets all bytes and starts with those of `url`. */
  restart(url: string, validator: string | undefined): Promise<void>;
  /** Adds chunks at the end as they come; `onChunk` is told their sizes, before they are written. */
  append(chunks: AsyncIterable<Uint8Array>, onChunk: (length: number) => void): Promise<void>;
  remove(): Promise<void>;
}

/** A partial file at `path`. Its methods throw `DatasetError` where the disk refuses. */
export function createPartialFile(path: string): PartialFile {
  const origin = `${path}.json`;
  const onDisk = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((error: unknown) => {
      throw new DatasetError(path, 'a file to download into', describeFileFault(error), {
        advice: 'Make room, or check the permissions of the folder.',
        cause: error,
      });
    });
  const remove = async (): Promise<void> => {
    await onDisk(rm(path, { force: true }));
    await onDisk(rm(origin, { force: true }));
  };
  return {
    path,
    remove,
    readSize: () =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    readValidator: async (url) => {
      const text = await readFile(origin, 'utf8').catch(() => '{}');
      const stored = parseOrigin(text);
      return stored.url === url ? stored.validator : undefined;
    },
    restart: async (url, validator) => {
      await remove();
      await onDisk(writeFile(origin, JSON.stringify({ url, validator })));
    },
    append: async (chunks, onChunk) => {
      const handle = await onDisk(open(path, 'a'));
      try {
        for await (const chunk of chunks) {
          onChunk(chunk.length);
          await onDisk(handle.writeFile(chunk));
        }
        await onDisk(handle.sync());
      } finally {
        await handle.close();
      }
    },
  };
}

/** A file that cannot be understood says nothing about the bytes, which their checksum decides on anyway. */
function parseOrigin(text: string): { readonly url?: string; readonly validator?: string } {
  try {
    return JSON.parse(text) as { readonly url?: string; readonly validator?: string };
  } catch {
    return {};
  }
}
