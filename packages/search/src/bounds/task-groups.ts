import { InvalidArgumentError, type RankingTask } from '@rppkit/spec';

/** Splits tasks by what can be seen of them. */
export interface TaskGrouping {
  readonly name: string;
  /** The group of a task. */
  of(task: RankingTask): string;
}

/**
 * Three groups of about equal size by a number of each task: `low`, `middle`, `high`, with edges at the terciles of `tasks`, and `none`
 * for tasks without that number (NaN). Throws `InvalidArgumentError` where no task has one.
 */
export function createTercileGroups(
  name: string,
  measure: (task: RankingTask) => number,
  tasks: readonly RankingTask[],
): TaskGrouping {
  const values = tasks
    .map(measure)
    .filter((value) => !Number.isNaN(value))
    .sort((left, right) => left - right);
  if (values.length === 0) throw new InvalidArgumentError('tasks', `at least one task with a ${name}`, tasks);
  const lower = values[Math.floor(values.length / 3)]!;
  const upper = values[Math.floor((2 * values.length) / 3)]!;
  return {
    name,
    of(task) {
      const value = measure(task);
      if (Number.isNaN(value)) return 'none';
      return value < lower ? 'low' : value < upper ? 'middle' : 'high';
    },
  };
}

/** Terciles of the number of history entries. */
export function createHistoryLengthGroups(tasks: readonly RankingTask[]): TaskGrouping {
  return createTercileGroups('history length', ({ history }) => history.length, tasks);
}

/** Terciles of the mean popularity of the history's items, by any function of an item's id, such as ln(1 + count). */
export function createPopularityGroups(
  tasks: readonly RankingTask[],
  popularity: (itemId: string) => number,
): TaskGrouping {
  const measure = ({ history }: RankingTask): number =>
    history.reduce((sum, { item }) => sum + popularity(item.id), 0) / history.length;
  return createTercileGroups('history popularity', measure, tasks);
}

/**
 * Terciles of drift: 1 - cosine between how often attribute values occur in the last third of the history (at least one entry) and in
 * the rest. Histories of fewer than two entries, or without attributes on either side, have none.
 */
export function createDriftGroups(tasks: readonly RankingTask[]): TaskGrouping {
  return createTercileGroups('drift', computeDrift, tasks);
}

function computeDrift({ history }: RankingTask): number {
  const late = history.length - Math.max(1, Math.floor(history.length / 3));
  const before = countAttributes(history.slice(0, late));
  const after = countAttributes(history.slice(late));
  let dot = 0;
  for (const [value, count] of before) dot += count * (after.get(value) ?? 0);
  return 1 - dot / (computeLength(before) * computeLength(after));
}

function countAttributes(entries: RankingTask['history']): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { item } of entries) {
    for (const [name, value] of Object.entries(item.attributes ?? {})) {
      for (const one of typeof value === 'string' ? [value] : value) {
        const key = JSON.stringify([name, one]);
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
  }
  return counts;
}

function computeLength(counts: ReadonlyMap<string, number>): number {
  return Math.sqrt([...counts.values()].reduce((sum, count) => sum + count * count, 0));
}
