import { existsSync, statSync } from 'node:fs';
import type { DataConfig } from '../experiment/experiment-config.ts';
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
  const { userColumn = 'user', itemColumn = 'item', timeColumn, valueColumn, titleColumn, delimiter, order } = flags;
  if (timeColumn === undefined && order === undefined) {
    throw new UsageError(
      'Expected to know what orders the rows of a CSV file, received neither --time-column nor --order column. Name the column with times, or declare that the rows stand in order.',
    );
  }
  return {
    kind: 'csv',
    interactions: data,
    columns: {
      user: userColumn,
      item: itemColumn,
      ...(timeColumn === undefined ? {} : { time: timeColumn }),
      ...(valueColumn === undefined ? {} : { value: valueColumn }),
      ...(titleColumn === undefined ? {} : { title: titleColumn }),
    },
    // Shells make a real tab hard to type.
    ...(delimiter === undefined ? {} : { delimiter: delimiter === '\\t' ? '\t' : delimiter }),
    ...(order === undefined ? {} : { order }),
  };
}
