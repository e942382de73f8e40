import { mkdir, mkdtemp, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatasetError } from '../../dataset-error.ts';
import { describeFileFault } from '../files/describe-file-fault.ts';
import type { InflateLimits } from '../files/inflate-limits.ts';
import { openZipArchive, type ZipArchive } from './zip-archive.ts';

/**
 * Unpacks a zip archive into `folder`, which must not exist or be empty, and returns the paths of its files relative to
 * `folder`, with `/`. Files are written beside `folder` first and moved there together, so that a half-unpacked folder
 * is never seen. `.gz` files inside stay as they are. Throws `DatasetError` for archives that are damaged or unsafe and
 * for a folder that holds something.
 */
export async function unpackArchive(
  archive: string,
  folder: string,
  limits: InflateLimits = {},
): Promise<readonly string[]> {
  await assertFreeFolder(folder);
  const zip = await openZipArchive(archive, limits);
  try {
    await mkdir(dirname(folder), { recursive: true });
    const temporary = await mkdtemp(join(dirname(folder), `.${basename(folder)}-`));
    try {
      for (const file of zip.files) await writeChunks(join(temporary, file.name), zip.read(file));
      // Renaming onto an empty folder is an error on some systems.
      await rm(folder, { recursive: true, force: true });
      await rename(temporary, folder);
    } catch (error) {
      await rm(temporary, { recursive: true, force: true });
      throw error;
    }
    return zip.files.map(({ name }) => name);
  } finally {
    zip.close();
  }
}

async function assertFreeFolder(folder: string): Promise<void> {
  let present: readonly string[];
  try {
    present = await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw new DatasetError(folder, 'a folder to unpack into', describeFileFault(error), { cause: error });
  }
  if (present.length > 0) {
    throw new DatasetError(folder, 'a new or empty folder to unpack into', 'a folder with files in it', {
      advice: 'Choose another folder, or empty this one.',
    });
  }
}

async function writeChunks(path: string, chunks: ReturnType<ZipArchive['read']>): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const handle = await open(path, 'wx');
  try {
    for await (const chunk of chunks) await handle.writeFile(chunk);
  } finally {
    await handle.close();
  }
}
