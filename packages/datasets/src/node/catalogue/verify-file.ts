import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { readFileChunks } from '../files/read-file-chunks.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';

/** Why a file is not the one that `entry` describes, or `undefined` where size and SHA-256 agree. */
export async function describeMismatch(
  path: string,
  { bytes, sha256 }: Pick<CatalogueEntry, 'bytes' | 'sha256'>,
): Promise<string | undefined> {
  if (bytes !== undefined) {
    const { size } = await stat(path);
    if (size !== bytes) return `expected ${bytes} bytes, received ${size}`;
  }
  const hash = createHash('sha256');
  for await (const chunk of readFileChunks(path)) hash.update(chunk);
  const received = hash.digest('hex');
  return received === sha256 ? undefined : `expected SHA-256 ${sha256}, received ${received}`;
}
