import { type Encoder, type HistoryEntry, InvalidArgumentError, type Item, type RankingTask } from '@rppkit/spec';
import { assertStandardization, type Standardization, standardize } from './standardization.ts';
import { assertObject } from './state-fields.ts';

/**
 * The statistics, in the order in which they are written. Popularity is ln(1 + count), attributes are the values of list
 * attributes such as genres, recent means the last 5 entries, overlap is Jaccard's.
 */
export const historyStatisticNames: readonly string[] = [
  // ln(1 + entries)
  'log-length',
  'popularity-mean',
  'popularity-deviation',
  // Mean of the recent entries less mean of all.
  'popularity-drift',
  // Of the shares of all attribute values, in nats.
  'attribute-entropy',
  'attribute-top-share',
  // 1 - cosine between the shares of the recent and of the earlier entries.
  'attribute-drift',
  // Mean over entries and the ones after them.
  'neighbour-overlap',
  // Mean over pairs of recent entries.
  'recent-overlap',
  'rating-mean',
  'rating-deviation',
];

/** How many of the latest entries count as recent. */
const recentLength = 5;

/** JSON form of a fitted encoder; means and deviations in the order of `historyStatisticNames`. */
export interface HistoryStatisticsState extends Standardization {
  readonly kind: 'history-statistics';
  /** Item id → occurrences in the histories it was fitted on. */
  readonly popularity: Readonly<Record<string, number>>;
}

/**
 * Fits the encoder on training tasks: item popularity is counted in their histories, and each statistic is standardised to
 * mean 0 and standard deviation 1 over the histories that have it (ratings of an unrated history, or anything but the
 * length of an empty one, do not exist). Throws `InvalidArgumentError` for an empty list.
 */
export function fitHistoryStatistics(tasks: readonly RankingTask[]): Encoder {
  if (tasks.length === 0) throw new InvalidArgumentError('tasks', 'at least one training task', tasks);
  const popularity = new Map<string, number>();
  for (const { history } of tasks) {
    for (const { item } of history) popularity.set(item.id, (popularity.get(item.id) ?? 0) + 1);
  }
  const rows = tasks.map(({ history }) => computeStatistics(history, popularity));
  const columns = historyStatisticNames.map((_, index) => rows.flatMap((row) => row[index] ?? []));
  return createHistoryStatistics({
    kind: 'history-statistics',
    popularity: Object.fromEntries(popularity),
    mean: columns.map(computeMean),
    deviation: columns.map((values) => {
      const deviation = computeDeviation(values);
      // A statistic that never varies carries nothing and must not be blown up by rounding.
      return deviation > 1e-6 ? deviation : 1;
    }),
  });
}

/**
 * The encoder from its saved state. Writes standardised statistics, cut to [-4, 4]; one that a history does not have is
 * written as 0, the training mean. Unknown items count as never seen. Throws `InvalidArgumentError`, which
 * names the field, for a state that is not whole.
 */
export function createHistoryStatistics(state: HistoryStatisticsState): Encoder {
  const size = historyStatisticNames.length;
  assertStandardization('state', state, size);
  assertObject('state.popularity', state.popularity);
  // A map: item ids may be names that every object has, such as "constructor".
  const popularity = new Map(Object.entries(state.popularity));
  for (const [id, count] of popularity) {
    if (!(Number.isFinite(count) && count >= 0)) {
      throw new InvalidArgumentError(`state.popularity[${JSON.stringify(id)}]`, 'a count', count);
    }
  }
  // A task is encoded before and after every round.
  const encoded = new WeakMap<RankingTask, Float32Array>();
  return {
    name: 'history-statistics',
    size,
    encode({ task }, output) {
      let values = encoded.get(task);
      if (values === undefined) {
        values = Float32Array.from(computeStatistics(task.history, popularity), (value, index) =>
          value === undefined ? 0 : standardize(value, index, state),
        );
        encoded.set(task, values);
      }
      output.set(values);
    },
    state: () => state,
  };
}

/** In the order of `historyStatisticNames`; undefined where a history is too short or too bare for a statistic. */
function computeStatistics(
  history: readonly HistoryEntry[],
  popularity: ReadonlyMap<string, number>,
): readonly (number | undefined)[] {
  const recentStart = Math.max(0, history.length - recentLength);
  const logs = history.map(({ item }) => Math.log1p(popularity.get(item.id) ?? 0));
  const ratings = history.flatMap(({ rating }) => rating ?? []);
  const values = history.map(({ item }) => getAttributeValues(item));
  const recentValues = values.slice(recentStart);
  const overall = [...countShares(values).values()];
  const recent = countShares(recentValues);
  const earlier = countShares(values.slice(0, recentStart));

  const neighbours = values.slice(1).map((value, index) => computeJaccard(values[index]!, value));
  const recentPairs = recentValues.flatMap((left, index) =>
    recentValues.slice(index + 1).map((right) => computeJaccard(left, right)),
  );
  const when = (exists: boolean, compute: () => number): number | undefined => (exists ? compute() : undefined);
  const some = history.length > 0;
  return [
    Math.log1p(history.length),
    when(some, () => computeMean(logs)),
    when(some, () => computeDeviation(logs)),
    when(some, () => computeMean(logs.slice(recentStart)) - computeMean(logs)),
    when(overall.length > 0, () => overall.reduce((sum, share) => sum - share * Math.log(share), 0)),
    when(overall.length > 0, () => Math.max(...overall)),
    when(earlier.size > 0 && recent.size > 0, () => 1 - computeCosine(recent, earlier)),
    when(neighbours.length > 0, () => computeMean(neighbours)),
    when(recentPairs.length > 0, () => computeMean(recentPairs)),
    when(ratings.length > 0, () => computeMean(ratings)),
    when(ratings.length > 0, () => computeDeviation(ratings)),
  ];
}

const valuesOfItems = new WeakMap<Item, readonly string[]>();

/** The values of an item's list attributes (genres, tags), with the attribute's name in front. */
function getAttributeValues(item: Item): readonly string[] {
  let values = valuesOfItems.get(item);
  if (values === undefined) {
    values = Object.entries(item.attributes ?? {}).flatMap(([name, value]) =>
      typeof value === 'string' ? [] : [...new Set(value)].map((part) => `${name}=${part}`),
    );
    valuesOfItems.set(item, values);
  }
  return values;
}

function countShares(lists: readonly (readonly string[])[]): Map<string, number> {
  const shares = new Map<string, number>();
  let total = 0;
  for (const list of lists) {
    for (const value of list) {
      shares.set(value, (shares.get(value) ?? 0) + 1);
      total++;
    }
  }
  for (const [value, count] of shares) shares.set(value, count / total);
  return shares;
}

function computeCosine(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): number {
  let product = 0;
  let leftSquare = 0;
  let rightSquare = 0;
  for (const [value, share] of left) {
    product += share * (right.get(value) ?? 0);
    leftSquare += share * share;
  }
  for (const share of right.values()) rightSquare += share * share;
  return leftSquare === 0 || rightSquare === 0 ? 0 : product / Math.sqrt(leftSquare * rightSquare);
}

function computeJaccard(left: readonly string[], right: readonly string[]): number {
  const shared = left.reduce((count, value) => count + (right.includes(value) ? 1 : 0), 0);
  const union = left.length + right.length - shared;
  return union === 0 ? 0 : shared / union;
}

/** 0 for no values. */
function computeMean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Population standard deviation; 0 for fewer than two values. */
function computeDeviation(values: readonly number[]): number {
  const mean = computeMean(values);
  return Math.sqrt(computeMean(values.map((value) => (value - mean) ** 2)));
}
