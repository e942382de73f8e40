import { type Encoder, InvalidArgumentError, type RankingTask } from '@rppkit/spec';
import { computeAttributeStatistics } from './attribute-statistics.ts';
import { assertStandardization, type Standardization, standardize } from './standardization.ts';
import { assertObject } from './state-fields.ts';
import { assertTrainingTasks } from './training-tasks.ts';

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
 * length of an empty one, do not exist). Throws `InvalidArgumentError` for an empty list and for a rating that is not finite.
 */
export function fitHistoryStatistics(tasks: readonly RankingTask[]): Encoder {
  assertTrainingTasks(tasks);
  const popularity = new Map<string, number>();
  for (const { history } of tasks) {
    for (const { item } of history) popularity.set(item.id, (popularity.get(item.id) ?? 0) + 1);
  }
  const logs = computeLogs(popularity);
  const rows = tasks.map((task) => computeStatistics(task, logs));
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
 * names the field, for a state that is not whole; encoding throws it for a rating that is not finite.
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
  const logs = computeLogs(popularity);
  // A task is encoded before and after every round.
  const encoded = new WeakMap<RankingTask, Float32Array>();
  return {
    name: 'history-statistics',
    size,
    encode({ task }, output) {
      let values = encoded.get(task);
      if (values === undefined) {
        values = new Float32Array(size);
        for (const [index, value] of computeStatistics(task, logs).entries()) {
          if (value !== undefined) values[index] = standardize(value, index, state);
        }
        encoded.set(task, values);
      }
      output.set(values);
    },
    state: () => state,
  };
}

/** ln(1 + count) of each item. */
function computeLogs(popularity: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  return new Map([...popularity].map(([id, count]) => [id, Math.log1p(count)]));
}

/** In the order of `historyStatisticNames`; undefined where a history is too short or too bare for a statistic. */
function computeStatistics(
  { id, history }: RankingTask,
  logPopularity: ReadonlyMap<string, number>,
): readonly (number | undefined)[] {
  const recentStart = Math.max(0, history.length - recentLength);
  const logs = history.map(({ item }) => logPopularity.get(item.id) ?? 0);
  const ratings: number[] = [];
  for (const [place, { rating }] of history.entries()) {
    if (rating === undefined) continue;
    if (!Number.isFinite(rating)) {
      const argument = `the rating of history entry ${place} of task ${JSON.stringify(id)}`;
      throw new InvalidArgumentError(argument, 'finite', rating, 'Leave out what was not rated.');
    }
    ratings.push(rating);
  }
  const attributes = computeAttributeStatistics(
    history.map(({ item }) => item),
    recentStart,
  );
  const some = history.length > 0;
  const rated = ratings.length > 0;
  return [
    Math.log1p(history.length),
    some ? computeMean(logs) : undefined,
    some ? computeDeviation(logs) : undefined,
    some ? computeMean(logs.slice(recentStart)) - computeMean(logs) : undefined,
    attributes.entropy,
    attributes.topShare,
    attributes.drift,
    attributes.neighbourOverlap,
    attributes.recentOverlap,
    rated ? computeMean(ratings) : undefined,
    rated ? computeDeviation(ratings) : undefined,
  ];
}

/** 0 for no values. */
function computeMean(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length === 0 ? 0 : sum / values.length;
}

/** Population standard deviation; 0 for fewer than two values. */
function computeDeviation(values: readonly number[]): number {
  const mean = computeMean(values);
  return Math.sqrt(computeMean(values.map((value) => (value - mean) ** 2)));
}
