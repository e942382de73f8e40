import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatasetError } from '../../dataset-error.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';
import { withExclusiveUse } from './exclusive-use.ts';
import { LicenceNotAcceptedError } from './licence-not-accepted-error.ts';

/**
 * Asks `accept` for the licence of `entry`, once: acceptance is remembered in `accepted-licences.json` in `folder`, by
 * the text of the licence. Throws `LicenceNotAcceptedError` where it is refused.
 */
export async function assertLicenceAccepted(
  entry: CatalogueEntry,
  folder: string,
  accept: (entry: CatalogueEntry) => boolean | Promise<boolean>,
): Promise<void> {
  const path = join(folder, 'accepted-licences.json');
  await withExclusiveUse(path, async () => {
    const accepted = await readAccepted(path);
    const text = createHash('sha256').update(entry.licence).digest('hex');
    if (accepted[entry.name] === text) return;
    if (!(await accept(entry))) throw new LicenceNotAcceptedError(entry);
    await mkdir(folder, { recursive: true });
    await writeFile(`${path}.new`, `${JSON.stringify({ ...accepted, [entry.name]: text }, undefined, 2)}\n`);
    await rename(`${path}.new`, path);
  });
}

async function readAccepted(path: string): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) return parsed as Record<string, unknown>;
  } catch {
    // Said below, as for any other content.
  }
  throw new DatasetError(path, 'a JSON object of accepted licences', 'something else', {
    advice: 'Delete the file; you will be asked again.',
  });
}
