import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type ExperimentConfig, parseExperimentConfig } from '../experiment/experiment-config.ts';
import { findAskingDifference } from '../experiment/find-asking-difference.ts';
import { readChecked, readCheckedManifest } from '../run-folder/checked-files.ts';
import { createRunFolder, openRunFolder, type RunFolder } from '../run-folder/run-folder.ts';
import { listFolders } from '../runs/list-runs.ts';
import { UsageError } from '../usage-error.ts';

/** What tells one look from another: two that agree in it ask the same. */
export interface LookIdentity {
  readonly config: ExperimentConfig;
  readonly calls: number;
  /** Of the files that the data were read from. */
  readonly checksums: Readonly<Record<string, string>>;
}

/**
 * The folder of a look: that of the same look made before, which is gone on with, else a new one. Throws `UsageError` where `name` is
 * taken by anything else.
 */
export function findLookFolder(
  root: string,
  { name, base }: { readonly name: string | undefined; readonly base: string },
  wanted: LookIdentity,
): RunFolder {
  if (name === undefined) {
    const names = listFolders(root).filter((one) => one === base || one.startsWith(`${base}-`));
    const same = names.find(
      (one) => hasManifest(root, one) && findDifference(openRunFolder(root, one), wanted) === undefined,
    );
    return same === undefined ? createRunFolder(root, { base }) : openRunFolder(root, same);
  }
  if (!hasManifest(root, name)) return createRunFolder(root, { name, base });
  const found = openRunFolder(root, name);
  const difference = findDifference(found, wanted);
  if (difference === undefined) return found;
  throw new UsageError(
    `Expected --name to be new or that of the same look, received ${name}, ${difference}. Choose another name.`,
  );
}

/** What differs from the wanted look, in words. */
function findDifference(folder: RunFolder, { config, calls, checksums }: LookIdentity): string | undefined {
  const manifest = readCheckedManifest(folder.resolve('manifest.json'));
  if ('problem' in manifest) return `whose ${manifest.problem}`;
  if (manifest.value.kind !== 'headroom') return 'which is a run of train';
  if (manifest.value.calls !== calls) return `a look of ${manifest.value.calls} calls`;
  const stored = readChecked(folder.resolve('config.json'), z.record(z.string(), z.unknown()));
  if ('problem' in stored) return `whose ${stored.problem}`;
  const differing = findAskingDifference(parseExperimentConfig(stored.value), config);
  if (differing !== undefined) return `a look with another ${differing}`;
  if (!isDeepStrictEqual(manifest.value.data.checksums, checksums)) return 'a look at data that have changed since';
  return undefined;
}

function hasManifest(root: string, name: string): boolean {
  return existsSync(join(root, name, 'manifest.json'));
}
