import { existsSync } from 'node:fs';
import type { DataConfig } from '../experiment/experiment-config.ts';
import { pickDefined } from '../pick-defined.ts';
import { UsageError } from '../usage-error.ts';
import type { DataFlags } from './data-flags.ts';

/** Files of a data set, and how they are read. */
export type FilesConfig = Extract<DataConfig, { readonly kind: 'files' }>;

/**
 * The data configuration behind `--data`: `synthetic:diverse`, `synthetic:null`, or a folder, archive or file. Throws
 * `UsageError` where it is none of them.
 */
export function resolveData(data: string, users: number, flags: DataFlags): DataConfig {
  const preset = /^synthetic(?::(diverse|null))?$/.exec(data);
  if (preset !== null) return { kind: 'synthetic', preset: preset[1] === 'null' ? 'null' : 'diverse', users };
  return resolveFiles(data, '--data to be synthetic:diverse, synthetic:null, or', flags);
}

/** The configuration of files at a path. Throws `UsageError` where there is nothing; `expected` begins its text. */
export function resolveFiles(path: string, expected: string, flags: DataFlags): FilesConfig {
  for (const [name, file] of [
    [`${expected} the path of a folder, archive or file`, path],
    ['--items to be the path of a file', flags.items],
  ] as const) {
    if (file === undefined || existsSync(file)) continue;
    throw new UsageError(`Expected ${name}, received ${JSON.stringify(file)}, which does not exist. Check the path.`);
  }
  const { format, order, timeFormat, encoding, catalogue, skipBadLines, minimumValue, kCore } = flags;
  // Names of columns belong to tables; other formats have names of their own.
  const isTable = format === 'csv' || format === 'json-lines' || format === 'parquet';
  const named = [flags.userColumn, flags.itemColumn, flags.timeColumn, flags.positionColumn].some(Boolean);
  const columns = isTable || named || /\.(csv|tsv|txt|jsonl|ndjson|parquet)(\.gz)?$/i.test(path);
  return {
    kind: 'files',
    path,
    ...(columns && { columns: resolveColumns(flags) }),
    ...(flags.items !== undefined && { items: { path: flags.items, columns: resolveItemColumns(flags) } }),
    ...(!flags.quotes && { quotes: false }),
    ...(flags.header !== undefined && { header: splitNames(flags.header) }),
    ...pickDefined({
      format,
      order,
      timeFormat,
      encoding,
      catalogue,
      skipBadLines,
      minimumValue,
      kCore,
      titleColumn: columns ? undefined : flags.titleColumn,
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
