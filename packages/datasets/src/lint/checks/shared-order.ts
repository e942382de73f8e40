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
    if (areOrdersDistinct(tasks)) return [];
    const keys = tasks.map(({ candidates }) => candidates.join());
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

/** True only where no two tasks offer the same order; by hashes, since texts of all orders would take most of the time. */
function areOrdersDistinct(tasks: readonly IndexedTask[]): boolean {
  const hashes = new Set<number>();
  for (const { candidates } of tasks) {
    let high = 0;
    let low = 0;
    for (let position = 0; position < candidates.length; position++) {
      high = Math.imul(high ^ candidates[position]!, 0x9e3779b1);
      high ^= high >>> 15;
      low = (Math.imul(low, 31) + candidates[position]!) | 0;
    }
    // 53 bits, so that different orders of a hundred thousand tasks hardly ever share one.
    hashes.add((high >>> 0) * 2_097_152 + (Math.imul(low, 0x85ebca6b) >>> 11));
  }
  return hashes.size === tasks.length;
}

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
