import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '../usage-error.ts';

/** How a run ended, or that it has not. */
export type RunStatus = 'running' | 'done' | 'interrupted' | 'failed';

/** `manifest.json`: what a run needs to be understood later. Holds times and versions, never keys or absolute paths. */
export interface RunManifest {
  readonly schemaVersion: 1;
  readonly status: RunStatus;
  readonly command: string;
  readonly seed: number;
  readonly model: string;
  readonly backend: string;
  readonly data: { readonly name: string; readonly checksums: Readonly<Record<string, string>> };
  readonly versions: Readonly<Record<string, string>>;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** The message of what ended a failed run. */
  readonly error?: string;
}

/** Files of one run. Writes are synchronous, so that what was reported is on disk when a run is stopped. */
export interface RunFolder {
  readonly name: string;
  /** As given by the user, relative to the working folder. */
  readonly path: string;
  resolve(file: string): string;
  write(file: string, content: string | Uint8Array): void;
  append(file: string, content: string): void;
  readJson(file: string): unknown;
  /** Replaces fields of the manifest. */
  updateManifest(fields: Partial<RunManifest>): void;
}

/** Creates `root/name`; without a name, the first free one of `base`, `base-2`, … Throws `UsageError` where it exists. */
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
  }
  let free = name ?? base;
  for (let number = 2; name === undefined && existsSync(join(root, free)); number++) free = `${base}-${number}`;
  mkdirSync(join(root, free), { recursive: true });
  return openFolder(root, free);
}

/** Opens the folder of an earlier run. Throws `UsageError` where there is none. */
export function openRunFolder(root: string, name: string): RunFolder {
  assertRunName(name);
  if (!existsSync(join(root, name, 'manifest.json'))) {
    throw new UsageError(
      `Expected --run to name a run in ${root}, received ${JSON.stringify(name)}, which is none. See what ${root} holds, or pass --runs.`,
    );
  }
  return openFolder(root, name);
}

function assertRunName(name: string): void {
  if (!/^[\w][\w.-]*$/.test(name)) {
    throw new UsageError(
      `Expected a run name of letters, digits, ".", "-" and "_", received ${JSON.stringify(name)}. Rename it.`,
    );
  }
}

function openFolder(root: string, name: string): RunFolder {
  const path = join(root, name);
  const resolve = (file: string): string => join(path, file);
  const readJson = (file: string): unknown => JSON.parse(readFileSync(resolve(file), 'utf8'));
  return {
    name,
    path,
    resolve,
    readJson,
    write: (file, content) => writeFileSync(resolve(file), content),
    append: (file, content) => appendFileSync(resolve(file), content),
    updateManifest(fields) {
      const manifest = existsSync(resolve('manifest.json')) ? (readJson('manifest.json') as RunManifest) : {};
      writeFileSync(resolve('manifest.json'), `${JSON.stringify({ ...manifest, ...fields }, null, 2)}\n`);
    },
  };
}
