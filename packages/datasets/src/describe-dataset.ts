import type { Dataset } from './dataset.ts';
import { createUserSequences } from './user-sequences.ts';

/** Counts of a data set. */
export interface DatasetDescription {
  readonly users: number;
  readonly items: number;
  /** Items that nobody interacted with. */
  readonly unusedItems: number;
  readonly interactions: number;
  /** Interactions that repeat an item of the same user. */
  readonly repeatedInteractions: number;
  /** Median number of different items a user; 0 without users. */
  readonly medianHistory: number;
}

/** Counts users, items, interactions and repeats of a data set. */
export function describeDataset(dataset: Dataset): DatasetDescription {
  const { log } = dataset;
  const sequences = createUserSequences(dataset);
  const lengths = Float64Array.from(log.users, (_, user) => sequences.items(user).length).sort();
  const middle = (lengths.length - 1) / 2;
  return {
    users: log.users.length,
    items: log.items.length,
    unusedItems: log.items.length - new Set(log.item).size,
    interactions: log.item.length,
    repeatedInteractions: sequences.repeated,
    medianHistory: lengths.length === 0 ? 0 : (lengths[Math.floor(middle)]! + lengths[Math.ceil(middle)]!) / 2,
  };
}
