import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DatasetError } from '../../dataset-error.ts';
import { createDataFolder, type DataFolder } from './data-folder.ts';
import { describeFileFault } from './describe-file-fault.ts';
import { gunzipIfNeeded } from './gunzip-if-needed.ts';
import { type InflateLimits, resolveInflateLimits } from './inflate-limits.ts';
import { isZip, openZipFolder } from './open-zip-folder.ts';
import { readFileChunks, readFileHead } from './read-file-chunks.ts';

/**
 * A folder with its subfolders, a zip archive (recognised by its first bytes), or a single file, as a `DataFolder`.
 * Links to files are followed, links to folders are left out. Throws `DatasetError` where there is nothing to read and
 * where the archive is damaged or unsafe.
 */
export async function openDataFolder(path: string, limits: InflateLimits = {}): Promise<DataFolder> {
  const resolvedLimits = resolveInflateLimits(limits);
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    (error: unknown) => {
      throw describeFolderFault(path, error);
    },
  );
  if (!isFolder && isZip((await readFileHead(path)).head)) return openZipFolder(path, limits);
  const sizes = new Map<string, number>();
  if (isFolder) await listFiles(path, '', sizes);
  else sizes.set(basename(path), (await stat(path)).size);
  return createDataFolder({
    name: path,
    files: [...sizes.keys()],
    open: (file) => {
      const name = isFolder ? join(path, file) : path;
      return { name, chunks: () => gunzipIfNeeded(name, readFileChunks(name), sizes.get(file)!, resolvedLimits) };
    },
    close: async () => {},
  });
}

async function listFiles(root: string, subfolder: string, sizes: Map<string, number>): Promise<void> {
  const folder = join(root, subfolder);
  const children = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw describeFolderFault(folder, error);
  });
  for (const child of children) {
    const path = `${subfolder}${child.name}`;
    if (child.isDirectory()) {
      await listFiles(root, `${path}/`, sizes);
      continue;
    }
    // A link that leads nowhere is nothing to read.
    const stats = await stat(join(root, path)).catch(() => undefined);
    if (stats?.isFile()) sizes.set(path, stats.size);
  }
}

function describeFolderFault(path: string, error: unknown): DatasetError {
  return new DatasetError(path, 'a folder, archive or file of data', describeFileFault(error), {
    advice: 'Check the path.',
    cause: error,
  });
}
