import type { DatasetFormat } from '@rppkit/datasets/node';
import type { FilesConfig } from '../experiment/experiment-config.ts';
import { pickDefined } from '../pick-defined.ts';
import type { DataFlags } from './data-flags.ts';
import { tableFormats } from './dataset-formats.ts';

/**
 * Files and how they are read, with every field that a flag names replaced. Columns of tables that nothing names are `user`,
 * `item` and, of a file of items, `title`.
 */
export function overrideFiles(base: FilesConfig & { readonly format: DatasetFormat }, flags: DataFlags): FilesConfig {
  const isTable = tableFormats.includes(base.format);
  const columns = isTable ? overrideColumns(base.columns, flags) : overrideAtomicColumns(base.columns, flags);
  const path = flags.items ?? base.items?.path;
  const { order, timeFormat, quotes, encoding, catalogue, skipBadLines, minimumValue, kCore } = flags;
  return {
    ...base,
    ...(columns !== undefined && { columns }),
    ...(path !== undefined && { items: { path, columns: overrideItemColumns(base.items?.columns, flags) } }),
    ...(flags.header !== undefined && { header: splitNames(flags.header) }),
    ...pickDefined({
      order,
      timeFormat,
      quotes,
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

function overrideColumns(base: FilesConfig['columns'], flags: DataFlags): NonNullable<FilesConfig['columns']> {
  const { userColumn: user, itemColumn: item, timeColumn: time, positionColumn: position } = flags;
  const { valueColumn: value, titleColumn: title } = flags;
  return { ...(base ?? { user: 'user', item: 'item' }), ...pickDefined({ user, item, time, position, value, title }) };
}

/** Atomic files have names of their own: only other ones are named. */
function overrideAtomicColumns(base: FilesConfig['columns'], flags: DataFlags): FilesConfig['columns'] {
  const { userColumn: user, itemColumn: item, timeColumn: time, positionColumn: position, valueColumn: value } = flags;
  const named = pickDefined({ user, item, time, position, value });
  if (base === undefined && Object.keys(named).length === 0) return undefined;
  return { ...(base ?? { user: 'user_id', item: 'item_id' }), ...named };
}

function overrideItemColumns(
  base: NonNullable<FilesConfig['items']>['columns'] | undefined,
  flags: DataFlags,
): NonNullable<FilesConfig['items']>['columns'] {
  const { item: baseItem = flags.itemColumn ?? 'item', title: baseTitle = 'title', ...baseAttributes } = base ?? {};
  const { itemsIdColumn: item = baseItem, itemsTitleColumn: title = baseTitle, itemsAttributes } = flags;
  const attributes =
    itemsAttributes === undefined
      ? baseAttributes
      : Object.fromEntries(splitNames(itemsAttributes).map((name) => [name, name]));
  return { ...attributes, item, title };
}

function splitNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
