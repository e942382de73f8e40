import { InvalidArgumentError } from '@rppkit/spec';
import { assertOneOf } from '../assert-one-of.ts';
import type { Dataset } from '../dataset.ts';
import { createUserSequences, type Repeats } from '../user-sequences.ts';
import { selectRows } from './select-rows.ts';

export interface HistoryLengthRange {
  /** Least number of items of a user that stays; default none. */
  readonly minimum?: number;
  /** Largest number of items of a user that stays; default none. */
  readonly maximum?: number;
  /** `keep` counts every interaction, `first` and `last` (default) count different items. No rows are left out for it. */
  readonly repeats?: Repeats;
}

/**
 * The users whose number of different items lies in a range with both ends in it, with all of their rows; the catalogue of
 * items stays. Throws `InvalidArgumentError` for an empty range.
 */
export function filterByHistoryLength(
  dataset: Dataset,
  { minimum = 0, maximum = Infinity, repeats = 'last' }: HistoryLengthRange,
): Dataset {
  if (!(minimum <= maximum)) throw new InvalidArgumentError('minimum', `at most the maximum, ${maximum}`, minimum);
  assertOneOf('repeats', repeats, ['first', 'last', 'keep']);
  // Lengths do not depend on the order.
  const sequences = createUserSequences({ ...dataset, order: 'none' }, { repeats });
  const { log } = dataset;
  const mask = new Uint8Array(log.user.length);
  const isKept = log.users.map((_, user) => {
    const { length } = sequences.items(user);
    return length >= minimum && length <= maximum;
  });
  for (let row = 0; row < mask.length; row++) mask[row] = isKept[log.user[row]!] ? 1 : 0;
  return selectRows(dataset, mask);
}
