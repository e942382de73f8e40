import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { appendToFile, replaceFile } from './durable-files.ts';

/** Files of one run. Writes are synchronous, so that what was reported is there when a run is stopped. */
export interface RunFolder {
  readonly name: string;
  /** As given by the user, relative to the working folder. It is made by the first write. */
  readonly path: string;
  resolve(file: string): string;
  has(file: string): boolean;
  /** Replaces the file as a whole. Throws `RppError` (`RUN_FOLDER`) where the disk refuses; so does `append`. */
  write(file: string, content: string | Uint8Array): void;
  /** For logs: survives the end of the process, not that of the machine. */
  append(file: string, content: string): void;
  readJson(file: string): unknown;
}

/**
 * A new folder `root/name`; without a name, the first free one of `base`, `base-2`, … One of a run that was killed before it
 * began is free. Throws `UsageError` where the name is taken.
 */
export function createRunFolder(
  root: string,
  { name, base }: { readonly name?: string | undefined; readonly base: string },
): RunFolder {
  if (name !== undefined) {
    assertRunName(name);
    if (isTaken(join(root, name))) {
      throw new UsageError(
        `Expected --name to be new, received ${JSON.stringify(name)}, which ${root} holds already. Choose another name, or remove that folder.`,
      );
    }
    return openFolder(root, name);
  }
  let free = base;
  for (let number = 2; isTaken(join(root, free)); number++) free = `${base}-${number}`;
  return openFolder(root, free);
}

/** What a run writes before its manifest says that it has begun; nothing was asked of a model by then. */
const beforeManifest: ReadonlySet<string> = new Set([
  'config.json',
  'config.json.new',
  'lock',
  'lock.new',
  'lock.taking',
  'manifest.json.new',
  // Of a run that evaluates the policy of another one.
  'policy.rpp',
  'policy.rpp.new',
  'training.json',
  'training.json.new',
]);

function isTaken(path: string): boolean {
  if (!existsSync(path)) return false;
  return !statSync(path).isDirectory() || readdirSync(path).some((file) => !beforeManifest.has(file));
}

/** Opens the folder of an earlier run, which `flag` named. Throws `UsageError` where there is none. */
export function openRunFolder(root: string, name: string, flag = '--run'): RunFolder {
  assertRunName(name);
  const folder = openFolder(root, name);
  if (!folder.has('manifest.json')) {
    throw new UsageError(
      `Expected ${flag} to name a run in ${root}, received ${JSON.stringify(name)}, which is none. See what ${root} holds, or pass --runs.`,
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

/** The folder `root/name`, whatever is in it. */
export function openFolder(root: string, name: string): RunFolder {
  const path = join(root, name);
  const resolve = (file: string): string => join(path, file);
  return {
    name,
    path,
    resolve,
    has: (file) => existsSync(resolve(file)),
    write: (file, content) => replaceFile(resolve(file), content),
    append: (file, content) => appendToFile(resolve(file), content, { flush: false }),
    readJson: (file) => JSON.parse(readFileSync(resolve(file), 'utf8')),
  };
}
