import { openZipArchive } from '../archives/zip-archive.ts';
import { createDataFolder, type DataFolder } from './data-folder.ts';
import { gunzipIfNeeded } from './gunzip-if-needed.ts';
import { type InflateLimits, resolveInflateLimits } from './inflate-limits.ts';

/** True where the first bytes of a file are those of a zip archive, also an empty one. */
export function isZip(head: Uint8Array): boolean {
  const [first, second, third, fourth] = head;
  return first === 0x50 && second === 0x4b && ((third === 3 && fourth === 4) || (third === 5 && fourth === 6));
}

/** A zip archive as a folder, without unpacking it. Throws `DatasetError` where it is damaged or unsafe. */
export async function openZipFolder(path: string, limits: InflateLimits): Promise<DataFolder> {
  const resolvedLimits = resolveInflateLimits(limits);
  const archive = await openZipArchive(path, limits);
  const entries = new Map(archive.files.map((entry) => [entry.name, entry]));
  return createDataFolder({
    name: path,
    files: [...entries.keys()],
    open: (file) => {
      const entry = entries.get(file)!;
      const name = `${path}/${file}`;
      return {
        name,
        chunks: () => gunzipIfNeeded(name, archive.read(entry), entry.uncompressedSize, resolvedLimits),
      };
    },
    close: async () => archive.close(),
  });
}
