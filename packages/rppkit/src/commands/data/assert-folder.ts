import { statSync } from 'node:fs';
import { UsageError } from '../../usage-error.ts';

/** Throws `UsageError` where a path that is to be a folder is something else; one that does not exist is fine. */
export function assertFolder(flag: string, path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined || stats.isDirectory()) return;
  throw new UsageError(
    `Expected ${flag} to be a folder, received ${JSON.stringify(path)}, which is a file. Pass another path.`,
  );
}
