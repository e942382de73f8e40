import { InvalidArgumentError } from '@rppkit/spec';
import type { Dataset } from '../dataset.ts';
import { DatasetError } from '../dataset-error.ts';
import { selectRows } from './select-rows.ts';

export interface KCoreOptions {
  /** Least number of interactions of a user, repeats included; a non-negative integer. */
  readonly users: number;
  /** Least number of interactions of an item, repeats included; a non-negative integer. 0 keeps all items. */
  readonly items: number;
}

/**
 * The largest part of a data set in which every user and every item has enough interactions: users and items with too few
 * are dropped until nothing changes. Dropped items leave the catalogue, because candidates are drawn from it.
 *
 * Rows are counted, as RecBole's `user_inter_num_interval` and `item_inter_num_interval` do: a user with five rows of one item
 * has five. To count different items and different users, apply `removeRepeats` first.
 *
 * Throws `InvalidArgumentError` for counts out of range and `DatasetError` where nothing is left.
 */
export function filterKCore(dataset: Dataset, { users, items }: KCoreOptions): Dataset {
  for (const [name, count] of Object.entries({ users, items })) {
    if (!Number.isSafeInteger(count) || count < 0)
      throw new InvalidArgumentError(name, 'a non-negative integer', count);
  }
  const { log } = dataset;
  const userCounts = countEntries(log.user, log.users.length);
  const itemCounts = countEntries(log.item, log.items.length);
  // Rows that are left; each pass goes through these alone.
  const rows = new Int32Array(log.user.length);
  for (let row = 0; row < rows.length; row++) rows[row] = row;
  let length = rows.length;
  for (let before = -1; before !== length; ) {
    before = length;
    length = 0;
    for (let at = 0; at < before; at++) {
      const row = rows[at]!;
      if (userCounts[log.user[row]!]! >= users && itemCounts[log.item[row]!]! >= items) {
        rows[length++] = row;
      } else {
        userCounts[log.user[row]!]! -= 1;
        itemCounts[log.item[row]!]! -= 1;
      }
    }
  }
  if (length === 0) {
    const expected = `users with at least ${users} and items with at least ${items} interactions in common`;
    const advice = 'Ask for fewer interactions.';
    throw new DatasetError(dataset.name, expected, `none among ${log.user.length} interactions`, { advice });
  }
  const mask = new Uint8Array(log.user.length);
  for (let at = 0; at < length; at++) mask[rows[at]!] = 1;
  return selectRows(dataset, mask, { items: Uint8Array.from(itemCounts, (count) => (count >= items ? 1 : 0)) });
}

function countEntries(column: Int32Array, size: number): Int32Array {
  const counts = new Int32Array(size);
  for (let row = 0; row < column.length; row++) counts[column[row]!]! += 1;
  return counts;
}
