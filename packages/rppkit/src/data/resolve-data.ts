import { existsSync, statSync } from 'node:fs';
import type { DataConfig } from '../experiment/experiment-config.ts';
import { pickDefined } from '../pick-defined.ts';
import { UsageError } from '../usage-error.ts';

/** The columns of a CSV file as flags give them. */
export interface CsvFlags {
  readonly userColumn?: string;
  readonly itemColumn?: string;
  readonly timeColumn?: string;
  readonly valueColumn?: string;
  readonly titleColumn?: string;
  readonly delimiter?: string;
  readonly order?: 'timestamp' | 'column';
  /** A second file, with one row an item; its id column is named as in the first. */
  readonly items?: string;
  readonly itemsTitleColumn?: string;
  /** Names of columns that become attributes, separated by commas. */
  readonly itemsAttributes?: string;
}

/**
 * The data configuration behind `--data`: `synthetic:diverse`, `synthetic:null`, the folder of MovieLens 100K, or a CSV
 * file. Throws `UsageError` where it is none of them.
 */
export function resolveData(data: string, users: number, flags: CsvFlags): DataConfig {
  const preset = /^synthetic(?::(diverse|null))?$/.exec(data);
  if (preset !== null) return { kind: 'synthetic', preset: preset[1] === 'null' ? 'null' : 'diverse', users };
  if (!existsSync(data)) {
    throw new UsageError(
      `Expected --data to be synthetic:diverse, synthetic:null, a MovieLens 100K folder or a CSV file, received ${JSON.stringify(data)}, which does not exist. Check the path.`,
    );
  }
  if (statSync(data).isDirectory()) return { kind: 'movielens-100k', folder: data };
  const { timeColumn, order, items } = flags;
  if (timeColumn === undefined && order === undefined) {
    throw new UsageError(
      'Expected to know what orders the rows of a CSV file, received neither --time-column nor --order column. Name the column with times, or declare that the rows stand in order.',
    );
  }
  if (items !== undefined && !existsSync(items)) {
    throw new UsageError(
      `Expected --items to be a CSV file, received ${JSON.stringify(items)}, which does not exist. Check the path.`,
    );
  }
  const item = flags.itemColumn ?? 'item';
  return {
    kind: 'csv',
    interactions: data,
    columns: {
      user: flags.userColumn ?? 'user',
      item,
      ...pickDefined({ time: timeColumn, value: flags.valueColumn, title: flags.titleColumn }),
    },
    ...(items === undefined ? {} : { items: { path: items, columns: resolveItemColumns(item, flags) } }),
    ...pickDefined({
      // Shells make a real tab hard to type.
      delimiter: flags.delimiter === '\\t' ? '\t' : flags.delimiter,
      order,
    }),
  };
}

function resolveItemColumns(
  item: string,
  { itemsTitleColumn = 'title', itemsAttributes = '' }: CsvFlags,
): { readonly item: string; readonly title: string; readonly [attribute: string]: string } {
  const attributes = itemsAttributes.split(',').filter((name) => name !== '');
  return { ...Object.fromEntries(attributes.map((name) => [name, name])), item, title: itemsTitleColumn };
}
