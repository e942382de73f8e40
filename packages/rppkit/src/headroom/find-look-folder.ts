import { existsSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { type ExperimentConfig, parseExperimentConfig } from '../experiment/experiment-config.ts';
import { readChecked, readCheckedManifest } from '../run-folder/checked-files.ts';
import { createRunFolder, openRunFolder, type RunFolder } from '../run-folder/run-folder.ts';
import { UsageError } from '../usage-error.ts';

/** What tells one look from another: two that agree in it ask the same. */
export interface LookIdentity {
  readonly config: ExperimentConfig;
  readonly calls: number;
  /** Of the files that the data were read from. */
  readonly checksums: Readonly<Record<string, string>>;
}

/** The fields of a configuration that decide what a look asks. */
const fields = [
  'data',
  'domain',
  'model',
  'temperature',
  'seed',
  'candidates',
  'trainUsers',
  'reportUsers',
] as const satisfies readonly (keyof ExperimentConfig)[];

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
    for (let number = 1; ; number++) {
      const found = openExisting(root, number === 1 ? base : `${base}-${number}`);
      if (found === undefined) return createRunFolder(root, { base });
      if (findDifference(found, wanted) === undefined) return found;
    }
  }
  const found = openExisting(root, name);
  if (found === undefined) return createRunFolder(root, { name, base });
  const difference = findDifference(found, wanted);
  if (difference === undefined) return found;
  throw new UsageError(
    `Expected --name to be new or that of the same look, received ${name}, ${difference}. Choose another name.`,
  );
}

/** Undefined where there is no folder of this name; a folder that is no run is left to the checks of its files. */
function openExisting(root: string, name: string): RunFolder | undefined {
  const folder = createFolderView(root, name);
  return folder !== undefined && existsSync(folder.path) ? folder : undefined;
}

function createFolderView(root: string, name: string): RunFolder | undefined {
  try {
    return openRunFolder(root, name, '--name');
  } catch {
    return undefined;
  }
}

/** What differs from the wanted look, in words. */
function findDifference(folder: RunFolder, { config, calls, checksums }: LookIdentity): string | undefined {
  const manifest = readCheckedManifest(folder.resolve('manifest.json'));
  if ('problem' in manifest) return `whose ${manifest.problem}`;
  if (manifest.value.kind !== 'headroom') return 'which is a run of train';
  if (manifest.value.calls !== calls) return `a look of ${manifest.value.calls} calls`;
  const stored = readChecked(folder.resolve('config.json'), z.record(z.string(), z.unknown()));
  if ('problem' in stored) return `whose ${stored.problem}`;
  const before = parseExperimentConfig(stored.value);
  const field = fields.find((one) => !isDeepStrictEqual(before[one], config[one]));
  if (field !== undefined) return `a look with another ${field}`;
  if (!isDeepStrictEqual(manifest.value.data.checksums, checksums)) return 'a look at data that have changed since';
  return undefined;
}
