import { InvalidArgumentError } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import { selectRows } from './select-rows.ts';

export interface ValueRange {
  /** Least value that stays; default none. */
  readonly minimum?: number;
  /** Largest value that stays; default none. */
  readonly maximum?: number;
}

/**
 * The rows whose value, a rating or a count, lies in a range with both ends in it; the catalogue of items stays. Throws
 * `DatasetError` for a data set without values and `InvalidArgumentError` for an empty range.
 */
export function filterByValue(dataset: Dataset, { minimum = -Infinity, maximum = Infinity }: ValueRange): Dataset {
  const { value } = dataset.log;
  if (value === undefined) {
    throw new DatasetError(dataset.name, 'values of interactions', 'none', {
      advice: 'Name the column that holds them.',
    });
  }
  if (!(minimum <= maximum)) throw new InvalidArgumentError('minimum', `at most the maximum, ${maximum}`, minimum);
  // Values are stored with 32 bits, so a limit of 4.1 has to be rounded as a value of 4.1 was.
  const least = Math.fround(minimum);
  const largest = Math.fround(maximum);
  const mask = new Uint8Array(value.length);
  for (let row = 0; row < value.length; row++) mask[row] = value[row]! >= least && value[row]! <= largest ? 1 : 0;
  return selectRows(dataset, mask);
}
