import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidArgumentError } from '@rppkit/spec';
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
 * when it is complete; where users have no attributes, a `NAME.user` is removed, since it would be read with the new files.
 * Throws `InvalidArgumentError` for a name that is no name of a file, and as `renderAtomicInteractions` and
 * `renderAtomicItems` do; then no file is replaced.
 */
export async function writeAtomicDataset(
  dataset: Dataset,
  folder: string,
  options: RenderAtomicOptions = {},
): Promise<string[]> {
  const { name, userAttributes } = dataset;
  if (name === '' || /[\\/\0]/.test(name)) {
    throw new InvalidArgumentError('dataset.name', 'the name of a file, without slashes', name, 'Rename the data set.');
  }
  const contents = [
    ['inter', renderAtomicInteractions(dataset)],
    ['item', renderAtomicItems(dataset, options)],
    ...(userAttributes === undefined ? [] : [['user', renderAtomicUsers(dataset, options)] as const]),
  ] as const;
  await mkdir(folder, { recursive: true });
  const paths = contents.map(([extension]) => join(folder, `${name}.${extension}`));
  const parts = paths.map((path) => `${path}.part`);
  try {
    for (const [index, [, chunks]] of contents.entries()) await writeFile(parts[index]!, chunks);
    for (const [index, path] of paths.entries()) await rename(parts[index]!, path);
  } finally {
    for (const part of parts) await rm(part, { force: true });
  }
  if (userAttributes === undefined) await rm(join(folder, `${name}.user`), { force: true });
  return paths;
}
