import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';

/** Files of one run. Writes are synchronous, so that what was reported is on disk when a run is stopped. */
export interface RunFolder {
  readonly name: string;
  /** As given by the user, relative to the working folder. It is made by the first write. */
  readonly path: string;
  resolve(file: string): string;
  has(file: string): boolean;
  write(file: string, content: string | Uint8Array): void;
  append(file: string, content: string): void;
  readJson(file: string): unknown;
}

/** A new folder `root/name`; without a name, the first free one of `base`, `base-2`, … Throws `UsageError` where it exists. */
export function createRunFolder(
  root: string,
  { name, base }: { readonly name?: string | undefined; readonly base: string },
): RunFolder {
  if (name !== undefined) {
    assertRunName(name);
    if (existsSync(join(root, name))) {
      throw new UsageError(
        `Expected --name to be new, received ${JSON.stringify(name)}, which ${root} holds already. Choose another name, or remove that folder.`,
      );
    }
    return openFolder(root, name);
  }
  let free = base;
  for (let number = 2; existsSync(join(root, free)); number++) free = `${base}-${number}`;
  return openFolder(root, free);
}

/** Opens the folder of an earlier run. Throws `UsageError` where there is none. */
export function openRunFolder(root: string, name: string): RunFolder {
  assertRunName(name);
  const folder = openFolder(root, name);
  if (!folder.has('manifest.json')) {
    throw new UsageError(
      `Expected --run to name a run in ${root}, received ${JSON.stringify(name)}, which is none. See what ${root} holds, or pass --runs.`,
    );
  }
  return folder;
}

function assertRunName(name: string): void {
  if (!/^\w[\w.-]*$/.test(name)) {
    throw new UsageError(
      `Expected a run name of letters, digits, ".", "-" and "_", received ${JSON.stringify(name)}. Rename it.`,
    );
  }
}

function openFolder(root: string, name: string): RunFolder {
  const path = join(root, name);
  const resolve = (file: string): string => join(path, file);
  const prepare = (file: string): string => {
    mkdirSync(path, { recursive: true });
    return resolve(file);
  };
  return {
    name,
    path,
    resolve,
    has: (file) => existsSync(resolve(file)),
    write: (file, content) => writeFileSync(prepare(file), content),
    append: (file, content) => appendFileSync(prepare(file), content),
    readJson: (file) => JSON.parse(readFileSync(resolve(file), 'utf8')),
  };
}
