import type { IndexedTask } from './index-tasks.ts';
import type { LintInput } from './lint-check.ts';

/**
 * Tasks whose history shows a relevant item, in two groups. `repeated`: the data set has more rows of the user and the item than
 * the history shows, so that one of them can be the target. `leaked`: it has not, or there is no data set to tell.
 */
export function findShownTargets({ tasks, dataset, interactions }: LintInput): {
  readonly leaked: readonly IndexedTask[];
  readonly repeated: readonly IndexedTask[];
} {
  const leaked: IndexedTask[] = [];
  const repeated: IndexedTask[] = [];
  for (const task of tasks) {
    const { user, history, relevant } = task;
    const shown = relevant.filter((item) => history.includes(item));
    if (shown.length === 0) continue;
    const isKnown = dataset !== undefined && user < dataset.log.users.length;
    const own = (isKnown ? interactions : undefined)?.items(user);
    const isRepeated = own !== undefined && shown.every((item) => count(own, item) > count(history, item));
    (isRepeated ? repeated : leaked).push(task);
  }
  return { leaked, repeated };
}

function count(items: Int32Array, wanted: number): number {
  let found = 0;
  for (let at = 0; at < items.length; at++) if (items[at] === wanted) found++;
  return found;
}
