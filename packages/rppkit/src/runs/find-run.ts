import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { listFolders } from './list-runs.ts';

/** The path of a run. Throws `UsageError` where the runs folder `root` holds no run of this name. */
export function findRun(root: string, name: string): string {
  const path = join(root, name);
  const folders = listFolders(root);
  // Only what is listed there: never a path that leads elsewhere.
  if (folders.includes(name) && existsSync(join(path, 'manifest.json'))) return path;
  const known = folders.filter((folder) => existsSync(join(root, folder, 'manifest.json')));
  const more = known.length > 5 ? ` and ${known.length - 5} more` : '';
  const advice =
    known.length === 0
      ? 'It holds none; pass --runs if they are elsewhere.'
      : `It holds ${known.slice(0, 5).join(', ')}${more}.`;
  throw new UsageError(`Expected the name of a run in ${root}, received ${JSON.stringify(name)}. ${advice}`);
}
