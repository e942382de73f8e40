import type { IndexedTask } from '../index-tasks.ts';
import { type LintCheck, reportTasks } from '../lint-check.ts';

/**
 * Tasks that offer the same candidates in the same order as an earlier one, such as copies of one task that were not shuffled
 * apart: their position bias repeats instead of averaging out. Few candidates stand in the same order by chance now and
 * then; what chance may explain at `orderSignificanceLevel` is not reported.
 */
export const sharedOrder: LintCheck = {
  code: 'shared-order',
  severity: 'warning',
  find({ tasks, orderSignificanceLevel }) {
    const keys = tasks.map(({ candidates }) => candidates.join());
    if (new Set(keys).size === keys.length) return [];
    const orders = new Map<string, { tasks: number; readonly users: Set<number> }>();
    let pairs = 0;
    let sameUser = 0;
    const faulty = tasks.filter(({ user }, index) => {
      const key = keys[index]!;
      const earlier = orders.get(key);
      if (earlier === undefined) {
        orders.set(key, { tasks: 1, users: new Set([user]) });
        return false;
      }
      pairs += earlier.tasks++;
      if (earlier.users.has(user)) sameUser++;
      earlier.users.add(user);
      return true;
    });
    if (boundChance(tasks, pairs) >= orderSignificanceLevel) return [];
    return reportTasks(
      faulty,
      `Expected an order of its own for each task with equal candidates, received ${faulty.length} of ${tasks.length} tasks in the order of an earlier one, ${sameUser} of them of the same user.`,
      'Shuffle the candidates of each task, and of each copy of a task, with a random stream of its own.',
    );
  },
};

/**
 * The most that the probability of at least `pairs` pairs of tasks with equal candidates in equal order can be under random
 * orders. M candidates agree in one of M! pairs, and pairs do so independently two by two, which gives mean and variance;
 * then Cantelli's inequality: P(X - mean >= t) <= variance / (variance + t^2).
 */
function boundChance(tasks: readonly IndexedTask[], pairs: number): number {
  const sets = new Map<string, { tasks: number; readonly size: number }>();
  for (const { candidates } of tasks) {
    const key = candidates.toSorted().join();
    const set = sets.get(key) ?? { tasks: 0, size: candidates.length };
    sets.set(key, set);
    set.tasks++;
  }
  let mean = 0;
  let variance = 0;
  for (const set of sets.values()) {
    let orders = 1;
    for (let factor = 2; factor <= set.size; factor++) orders *= factor;
    const expected = (set.tasks * (set.tasks - 1)) / 2 / orders;
    mean += expected;
    variance += expected * (1 - 1 / orders);
  }
  const excess = pairs - mean;
  return excess <= 0 ? 1 : variance / (variance + excess ** 2);
}
