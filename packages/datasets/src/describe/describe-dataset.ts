import type { Dataset, InteractionOrder } from '../dataset.ts';
import { createUserSequences, type Repeats } from '../user-sequences.ts';
import { computeGini, computeTopShare } from './concentration.ts';
import { type LengthQuantiles, summarizeLengths } from './length-quantiles.ts';

/** Counts and distributions of a data set, as plain data. */
export interface DatasetDescription {
  /** What the order of a history means; under `column` and `none` it is not time. */
  readonly order: InteractionOrder;
  readonly users: number;
  /** The whole catalogue, also items that nobody interacted with. */
  readonly items: number;
  /** Items that nobody interacted with. */
  readonly unusedItems: number;
  /** Rows, repeats included. */
  readonly interactions: number;
  /** Rows that repeat an item of the same user. */
  readonly repeatedInteractions: number;
  /** 1 - different (user, item) pairs / (users x items), in [0, 1]; 1 without users or items. */
  readonly sparsity: number;
  /** How many different items a user has; with repeats `keep`, how many rows. */
  readonly historyLength: LengthQuantiles;
  /** Gini index of the items' interaction counts over the catalogue, population form, in [0, 1); 0 where all are equal. */
  readonly popularityGini: number;
  /** Share of the interactions that the most popular 1 % of the catalogue (rounded up) has, in [0, 1]. */
  readonly topItemsShare: number;
  /** First and last time, seconds since 1970-01-01 UTC; absent where the log has no times or no rows. */
  readonly timeSpan?: { readonly first: number; readonly last: number };
  /** Least and greatest value; absent where the log has no values or no rows. */
  readonly valueRange?: { readonly minimum: number; readonly maximum: number };
  /** Items whose title another item has too, character for character; each of them is counted. */
  readonly duplicateTitles: number;
  /** Items whose title is their id. */
  readonly untitledItems: number;
}

/**
 * Describes a data set in time and memory linear in its rows.
 *
 * @param options.repeats - whether repeated items count in `historyLength`, `popularityGini` and `topItemsShare`: `keep`
 * counts every row, `first` and `last` (default) count an item once a user, which gives the same numbers for both.
 */
export function describeDataset(
  dataset: Dataset,
  { repeats = 'last' }: { readonly repeats?: Repeats } = {},
): DatasetDescription {
  const { log, order } = dataset;
  // No figure depends on the order within a history, so nothing needs to be sorted.
  const sequences = createUserSequences({ ...dataset, order: 'none' }, { repeats });
  const lengths = new Float64Array(log.users.length);
  const popularity = new Float64Array(log.items.length);
  let unusedItems = log.items.length;
  for (let user = 0; user < lengths.length; user++) {
    const items = sequences.items(user);
    lengths[user] = items.length;
    for (let index = 0; index < items.length; index++) {
      const item = items[index]!;
      if (popularity[item] === 0) unusedItems--;
      popularity[item]! += 1;
    }
  }
  const cells = log.users.length * log.items.length;
  const timeSpan = findRange(log.time);
  const valueRange = findRange(log.value);
  popularity.sort();
  return {
    order,
    users: log.users.length,
    items: log.items.length,
    unusedItems,
    interactions: log.item.length,
    repeatedInteractions: sequences.repeated,
    sparsity: cells === 0 ? 1 : 1 - (log.item.length - sequences.repeated) / cells,
    historyLength: summarizeLengths(lengths),
    popularityGini: computeGini(popularity),
    topItemsShare: computeTopShare(popularity, 0.01),
    ...(timeSpan !== undefined && { timeSpan: { first: timeSpan.minimum, last: timeSpan.maximum } }),
    ...(valueRange !== undefined && { valueRange }),
    duplicateTitles: countDuplicateTitles(log.items.map((item) => item.title)),
    untitledItems: log.items.filter((item) => item.title === item.id).length,
  };
}

function findRange(
  column: Float64Array | Float32Array | undefined,
): { readonly minimum: number; readonly maximum: number } | undefined {
  if (column === undefined || column.length === 0) return undefined;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < column.length; row++) {
    if (column[row]! < minimum) minimum = column[row]!;
    if (column[row]! > maximum) maximum = column[row]!;
  }
  return { minimum, maximum };
}

function countDuplicateTitles(titles: readonly string[]): number {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const title of titles) {
    if (seen.has(title)) repeated.add(title);
    seen.add(title);
  }
  return titles.filter((title) => repeated.has(title)).length;
}
