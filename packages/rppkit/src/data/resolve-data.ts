import { existsSync } from 'node:fs';
import type { DataConfig } from '../experiment/experiment-config.ts';
import { pickDefined } from '../pick-defined.ts';
import { UsageError } from '../usage-error.ts';
import { assertFlagsFit, assertNoFileFlags } from './assert-flags-fit.ts';
import type { DataFlags } from './data-flags.ts';
import { tableFormats } from './dataset-formats.ts';
import { worldFlags, worldNames } from './world-names.ts';

/** Files of a data set, and how they are read. */
export type FilesConfig = Extract<DataConfig, { readonly kind: 'files' }>;

/** Users of a synthetic world, where it is not said how many. */
export const defaultWorldUsers = 5000;

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
    return { kind: 'synthetic', preset, users: users ?? defaultWorldUsers };
  }
  if (users !== undefined) {
    throw new UsageError(
      `Expected --users only with synthetic data, received it with --data ${JSON.stringify(data)}. Name ${worldFlags}, or say with --train-users and --report-users how many of a data set's users to take.`,
    );
  }
  return resolveFiles(data, `--data to be ${worldFlags}, or`, flags);
}

/**
 * The configuration of files at a path, with the format that was recognised. `expected` begins the text of the
 * `UsageError` where there is nothing. Also throws it for flags that do not fit the format, and `DatasetError` where no
 * format is recognised.
 */
export async function resolveFiles(path: string, expected: string, flags: DataFlags): Promise<FilesConfig> {
  for (const [name, file] of [
    [`${expected} the path of a folder, archive or file`, path],
    ['--items to be the path of a file', flags.items],
  ] as const) {
    if (file === undefined || existsSync(file)) continue;
    throw new UsageError(`Expected ${name}, received ${JSON.stringify(file)}, which does not exist. Check the path.`);
  }
  const { locateDataset } = await import('@rppkit/datasets/node');
  const { format } = await locateDataset(path, pickDefined({ format: flags.format }));
  assertFlagsFit(format, flags);
  const isTable = tableFormats.includes(format);
  const columns = isTable ? resolveColumns(flags) : resolveAtomicColumns(flags);
  const { order, timeFormat, encoding, catalogue, skipBadLines, minimumValue, kCore } = flags;
  return {
    kind: 'files',
    path,
    format,
    ...(columns !== undefined && { columns }),
    ...(flags.items !== undefined && { items: { path: flags.items, columns: resolveItemColumns(flags) } }),
    ...(!flags.quotes && { quotes: false }),
    ...(flags.header !== undefined && { header: splitNames(flags.header) }),
    ...pickDefined({
      order,
      timeFormat,
      encoding,
      catalogue,
      skipBadLines,
      minimumValue,
      kCore,
      titleColumn: isTable ? undefined : flags.titleColumn,
      // Shells make a real tab hard to type.
      delimiter: flags.delimiter?.replaceAll('\\t', '\t'),
    }),
  };
}

function resolveColumns(flags: DataFlags): NonNullable<FilesConfig['columns']> {
  const { userColumn: user = 'user', itemColumn: item = 'item' } = flags;
  const { timeColumn: time, positionColumn: position, valueColumn: value, titleColumn: title } = flags;
  return { user, item, ...pickDefined({ time, position, value, title }) };
}

/** Atomic files have names of their own: only other ones are named. */
function resolveAtomicColumns(flags: DataFlags): FilesConfig['columns'] {
  const { userColumn, itemColumn, timeColumn: time, positionColumn: position, valueColumn: value } = flags;
  if ([userColumn, itemColumn, time, position, value].every((name) => name === undefined)) return undefined;
  return { user: userColumn ?? 'user_id', item: itemColumn ?? 'item_id', ...pickDefined({ time, position, value }) };
}

function resolveItemColumns(flags: DataFlags): NonNullable<FilesConfig['items']>['columns'] {
  const { itemsIdColumn: item = flags.itemColumn ?? 'item', itemsTitleColumn: title = 'title' } = flags;
  const attributes = splitNames(flags.itemsAttributes ?? '');
  return { ...Object.fromEntries(attributes.map((name) => [name, name])), item, title };
}

function splitNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
