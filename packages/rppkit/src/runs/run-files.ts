import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** A file or folder directly in a run folder. */
export interface RunFile {
  /** Folders end with `/`. */
  readonly name: string;
  /** Length in bytes; of a folder, of all files in it. */
  readonly bytes: number;
}

/** What a run folder holds, by name. */
export function listRunFiles(path: string): readonly RunFile[] {
  return readdirSync(path, { withFileTypes: true })
    .map((entry) => ({
      name: entry.isDirectory() ? `${entry.name}/` : entry.name,
      bytes: measurePath(join(path, entry.name)),
    }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** Length in bytes of a file, or of all files in a folder; 0 where there is nothing. Links are not followed. */
export function measurePath(path: string): number {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 0;
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + measurePath(join(path, name)), 0);
}
