import type { Dataset } from '../dataset.ts';
import type { DataFile } from '../files/data-file.ts';
import { type AtomicItemOptions, readAtomicItems, readAtomicUsers } from './atomic-features.ts';
import { type AtomicInteractionOptions, readAtomicInteractions } from './atomic-interactions.ts';

/** The atomic files of a data set (RecBole's format). */
export interface AtomicFiles {
  readonly inter: DataFile;
  readonly item?: DataFile;
  readonly user?: DataFile;
}

export interface AtomicDatasetOptions extends AtomicItemOptions, Omit<AtomicInteractionOptions, 'items'> {
  /** Name of the data set; default the file name of `inter` up to its first dot. */
  readonly name?: string;
}

/**
 * A data set from RecBole's atomic files; what they hold and what is refused is told at `readAtomicInteractions`,
 * `readAtomicItems` and `readAtomicUsers`. Attributes of users without an interaction are left out.
 */
export async function readAtomicDataset(files: AtomicFiles, options: AtomicDatasetOptions = {}): Promise<Dataset> {
  const items = files.item === undefined ? [] : await readAtomicItems(files.item, options);
  const { log, order } = await readAtomicInteractions(files.inter, { ...options, items });
  const name = options.name ?? files.inter.name.replace(/^.*[\\/]/, '').replace(/(?<=.)\..*$/, '');
  if (files.user === undefined) return { name, log, order };
  const all = await readAtomicUsers(files.user, options);
  const present = log.users.flatMap((user) => (all.has(user) ? [[user, all.get(user)!] as const] : []));
  return { name, log, order, userAttributes: new Map(present) };
}
