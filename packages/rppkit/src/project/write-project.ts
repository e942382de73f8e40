import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { configFileNames } from '../configuration/find-config-file.ts';
import { UsageError } from '../usage-error.ts';
import { createProjectFiles } from './create-project-files.ts';

/** What was done to a folder. */
export interface WrittenProject {
  /** Paths of the files that were written. */
  readonly written: readonly string[];
  /** Files that made room: where they were, and where they are now. */
  readonly moved: readonly { readonly from: string; readonly to: string }[];
  /** Whether the folder is a package already, whose `package.json` stays as it is. */
  readonly keptPackage: boolean;
}

/**
 * Writes a new project into a folder. A `package.json` that is there stays, since `npm install rppkit` makes one. Throws
 * `UsageError`, and writes nothing, where other files would be replaced; with `force` they are moved aside.
 */
export function writeProject(
  folder: string,
  { version, force }: { readonly version: string; readonly force: boolean },
): WrittenProject {
  const { 'package.json': manifest, ...others } = createProjectFiles({ name: namePackage(folder), version });
  const present = [...new Set([...Object.keys(others), ...configFileNames])]
    .map((file) => join(folder, file))
    .filter((path) => existsSync(path));
  if (present.length > 0 && !force) {
    throw new UsageError(
      `Expected a folder without the files of a project, received ${JSON.stringify(folder)} with ${present.join(', ')}. Pass another folder, or --force to move them aside.`,
    );
  }
  const keptPackage = existsSync(join(folder, 'package.json'));
  const files = keptPackage ? others : { 'package.json': manifest!, ...others };
  mkdirSync(folder, { recursive: true });
  const moved = present.map((from) => {
    const to = findFreeName(from);
    renameSync(from, to);
    return { from, to };
  });
  const written = Object.entries(files).map(([file, content]) => {
    const path = join(folder, file);
    writeFileSync(path, content, { flag: 'wx' });
    return path;
  });
  return { written, moved, keptPackage };
}

function findFreeName(path: string): string {
  let free = `${path}.bak`;
  for (let number = 2; existsSync(free); number++) free = `${path}.bak-${number}`;
  return free;
}

/** The folder's name as npm allows it. */
function namePackage(folder: string): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '');
  return name === '' ? 'rppkit-project' : name;
}
