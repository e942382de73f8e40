import { existsSync } from 'node:fs';
import { RppError } from '@rppkit/spec';
import { configFields } from '../experiment/config-fields.ts';
import type { DataConfig, DataInput, FilesConfig } from '../experiment/experiment-config.ts';
import { pickDefined } from '../pick-defined.ts';
import { UsageError } from '../usage-error.ts';
import { assertFlagsFit, assertNoFileFlags } from './assert-flags-fit.ts';
import type { DataFlags } from './data-flags.ts';
import { overrideFiles } from './override-files.ts';
import { worldFlags, worldNames } from './world-names.ts';

/**
 * The data configuration behind `--data`: a synthetic world (`synthetic` is `synthetic:diverse`), or a folder, archive or
 * file. Throws `UsageError` where it is none of them, for flags of files with a world, for a number of users with files, and as
 * `resolveFiles` does.
 */
export async function resolveData(data: string, users: number | undefined, flags: DataFlags): Promise<DataConfig> {
  const world = data === 'synthetic' ? 'synthetic:diverse' : data;
  const preset = worldNames.find((name) => world === `synthetic:${name}`);
  if (preset !== undefined) {
    assertNoFileFlags(data, flags);
    return { kind: 'synthetic', preset, users: users ?? configFields['data.users'].default };
  }
  assertNoUsers(data, users);
  return resolveFiles(data, `--data to be ${worldFlags}, or`, flags);
}

/**
 * The configuration of files at a path, with the format that was recognised. `expected` begins the text of the
 * `UsageError` where there is nothing. Also throws it for flags that do not fit the format, and `DatasetError` where no
 * format is recognised.
 */
export function resolveFiles(path: string, expected: string, flags: DataFlags): Promise<FilesConfig> {
  assertExists(`${expected} the path of a folder, archive or file`, path);
  return completeFiles({ kind: 'files', path }, flags);
}

/**
 * The data of a configuration file, with flags in place of single fields. `nameField` names a field of the file in errors.
 * Throws as `resolveData` does.
 */
export async function overrideData(
  data: DataInput,
  users: number | undefined,
  flags: DataFlags,
  nameField: (path: string) => string,
): Promise<DataInput> {
  if (data.kind === 'synthetic') {
    assertNoFileFlags(`synthetic:${data.preset}`, flags);
    return { ...data, ...pickDefined({ users }) };
  }
  assertNoUsers(data.path, users);
  assertExists(`${nameField('data.path')} to be the path of a folder, archive or file`, data.path);
  if (flags.items === undefined && data.items !== undefined) {
    assertExists(`${nameField('data.items.path')} to be the path of a file`, data.items.path);
  }
  const files = await completeFiles(data, flags);
  await assertFieldsFit(files, nameField);
  return files;
}

async function completeFiles(base: FilesConfig, flags: DataFlags): Promise<FilesConfig> {
  if (flags.items !== undefined) assertExists('--items to be the path of a file', flags.items);
  const { locateDataset } = await import('@rppkit/datasets/node');
  const { format } = await locateDataset(base.path, pickDefined({ format: flags.format ?? base.format }));
  assertFlagsFit(format, flags, (flags.items ?? base.items) !== undefined);
  return overrideFiles({ ...base, format }, flags);
}

/** Refuses fields that the reader of the format would not heed. */
async function assertFieldsFit(files: FilesConfig, nameField: (path: string) => string): Promise<void> {
  const { kind: _, path, skipBadLines: __, minimumValue: ___, kCore: ____, ...options } = files;
  const { locateDataset } = await import('@rppkit/datasets/node');
  try {
    await locateDataset(path, options);
  } catch (error) {
    if (!RppError.isInstance(error) || error.code !== 'INVALID_ARGUMENT') throw error;
    const named = error.message.replace(
      /^Expected (\w+)/,
      (__, field: string) => `Expected ${nameField(`data.${field}`)}`,
    );
    throw new UsageError(named, { cause: error });
  }
}

function assertExists(expected: string, path: string): void {
  if (existsSync(path)) return;
  throw new UsageError(`Expected ${expected}, received ${JSON.stringify(path)}, which does not exist. Check the path.`);
}

function assertNoUsers(data: string, users: number | undefined): void {
  if (users === undefined) return;
  throw new UsageError(
    `Expected --users only with synthetic data, received it with the data ${JSON.stringify(data)}. Name ${worldFlags}, or say with --train-users and --report-users how many of a data set's users to take.`,
  );
}
