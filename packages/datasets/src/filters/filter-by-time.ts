import { InvalidArgumentError } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import { selectRows } from './select-rows.ts';

export interface TimeRange {
  /** First moment that stays, seconds since 1970-01-01 UTC; default none. */
  readonly from?: number;
  /** First moment after those that stay, seconds since 1970-01-01 UTC; default none. */
  readonly to?: number;
}

/**
 * The rows at or after `from` and before `to`; the catalogue of items stays. Throws `DatasetError` for a data set without
 * times and `InvalidArgumentError` for an empty range.
 */
export function filterByTime(dataset: Dataset, { from = -Infinity, to = Infinity }: TimeRange): Dataset {
  const { time } = dataset.log;
  if (time === undefined) {
    throw new DatasetError(dataset.name, 'times of interactions', 'none', {
      advice: 'Name the column that holds them.',
    });
  }
  if (!(from < to)) throw new InvalidArgumentError('from', `below ${to}, where the range ends`, from);
  const mask = new Uint8Array(time.length);
  for (let row = 0; row < time.length; row++) mask[row] = time[row]! >= from && time[row]! < to ? 1 : 0;
  return selectRows(dataset, mask);
}
