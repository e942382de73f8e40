import { DatasetError } from '../../dataset-error.ts';
import type { DataFile } from '../../files/data-file.ts';
import { gunzipIfNeeded } from './gunzip-if-needed.ts';
import { type InflateLimits, resolveInflateLimits } from './inflate-limits.ts';
import { isZip, openZipFolder } from './open-zip-folder.ts';
import { readFileChunks, readFileHead } from './read-file-chunks.ts';

/**
 * A file on disk, read in chunks of about 1 MiB. Gzip is inflated on the way, and so is a zip archive of a single file;
 * both are recognised by their first bytes. Chunks share a buffer: each is valid until the next is asked for. Throws
 * `DatasetError` where there is nothing to read, and while reading where the file is damaged or exceeds a limit.
 */
export async function openDataFile(path: string, limits: InflateLimits = {}): Promise<DataFile> {
  const resolvedLimits = resolveInflateLimits(limits);
  const { size, head } = await readFileHead(path);
  if (!isZip(head))
    return { name: path, chunks: () => gunzipIfNeeded(path, readFileChunks(path), size, resolvedLimits) };
  await findSingleFile(path, limits);
  return { name: path, chunks: () => readSingleFile(path, limits) };
}

async function findSingleFile(path: string, limits: InflateLimits): Promise<void> {
  const folder = await openZipFolder(path, limits);
  await folder.close();
  if (folder.files.length !== 1) {
    throw new DatasetError(path, 'a file, or a zip archive of one', `an archive of ${folder.files.length} files`, {
      advice: 'Open it as a folder.',
    });
  }
}

async function* readSingleFile(path: string, limits: InflateLimits): AsyncGenerator<Uint8Array> {
  const folder = await openZipFolder(path, limits);
  try {
    yield* folder.open(folder.files[0]!).chunks();
  } finally {
    await folder.close();
  }
}
