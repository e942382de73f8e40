import { assertOneOf } from '../assert-one-of.ts';
import type { Dataset } from '../dataset.ts';
import { createUserSequences, type Repeats } from '../user-sequences.ts';
import { selectRows } from './select-rows.ts';

export interface RemoveRepeatsOptions {
  /** Which row of a repeated (user, item) pair stays, in the order of the data set; under order `none` in row order. */
  readonly repeats: Exclude<Repeats, 'keep'>;
}

/** One row of each (user, item) pair; the catalogue of items stays. Throws `InvalidArgumentError` for an unknown choice. */
export function removeRepeats(dataset: Dataset, { repeats }: RemoveRepeatsOptions): Dataset {
  assertOneOf('repeats', repeats, ['first', 'last']);
  const sequences = createUserSequences(dataset, { repeats });
  const mask = new Uint8Array(dataset.log.user.length);
  for (let user = 0; user < dataset.log.users.length; user++) for (const row of sequences.rows(user)) mask[row] = 1;
  return selectRows(dataset, mask);
}
