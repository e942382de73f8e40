import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from '../dataset.ts';
import {
  type RenderAtomicOptions,
  renderAtomicInteractions,
  renderAtomicItems,
  renderAtomicUsers,
} from '../formats/render-atomic.ts';

/**
 * Writes a data set as RecBole's atomic files `NAME.inter`, `NAME.item` and, where users have attributes, `NAME.user` into a
 * folder, which is made where it is missing, and resolves with their paths. Files of these names are replaced, each at once
 * when it is complete. Throws as `renderAtomicInteractions` and `renderAtomicItems` do; then no file is replaced.
 */
export async function writeAtomicDataset(
  dataset: Dataset,
  folder: string,
  options: RenderAtomicOptions = {},
): Promise<string[]> {
  const contents = [
    ['inter', renderAtomicInteractions(dataset)],
    ['item', renderAtomicItems(dataset, options)],
    ...(dataset.userAttributes === undefined ? [] : [['user', renderAtomicUsers(dataset, options)] as const]),
  ] as const;
  await mkdir(folder, { recursive: true });
  const paths = contents.map(([extension]) => join(folder, `${dataset.name}.${extension}`));
  const parts = paths.map((path) => `${path}.part`);
  try {
    for (const [index, [, chunks]] of contents.entries()) await writeChunks(parts[index]!, chunks);
    for (const [index, path] of paths.entries()) await rename(parts[index]!, path);
  } finally {
    for (const part of parts) await rm(part, { force: true });
  }
  return paths;
}

async function writeChunks(path: string, chunks: Iterable<string>): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const chunk of chunks) await file.write(chunk);
  } finally {
    await file.close();
  }
}
