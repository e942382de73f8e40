import { computeChiSquareTail } from '../chi-square-tail.ts';
import { type IndexedTask, taskRoles } from '../index-tasks.ts';
import { type LintCheck, reportTasks } from '../lint-check.ts';
import { findRelevantPositions } from '../relevant-positions.ts';
import { findConstantSlot } from './constant-position.ts';

/**
 * Positions of the relevant item that a random order would hardly give, by a chi-square test of goodness of fit for each
 * role. Roles with a constant position are left to that check.
 */
export const skewedPosition: LintCheck = {
  code: 'skewed-position',
  severity: 'warning',
  find({ tasks, orderSignificanceLevel }) {
    return taskRoles.flatMap((role) => {
      if (findConstantSlot(tasks, role, orderSignificanceLevel) !== undefined) return [];
      const own = tasks.filter((task) => task.role === role);
      const { pValue, counts } = testPositions(own);
      if (pValue >= orderSignificanceLevel) return [];
      return reportTasks(
        own,
        `Expected the relevant item at every position equally often, received ${counts.join(', ')} times at positions 1 to ${counts.length} of the ${role} tasks (chi-square p = ${pValue.toPrecision(2)}).`,
        'Give each task, and each copy of a task, a random order of candidates of its own.',
      );
    });
  },
};

/**
 * Tests tasks with equally many candidates and relevant ones (M and k) together and adds the statistics and degrees of
 * freedom of these groups. Neighbouring positions are counted together until 5 or more are expected; groups that leave no two
 * counts tell nothing and are left out; p is 1 where no group is left. `counts` are those of the largest group that was tested.
 */
function testPositions(tasks: readonly IndexedTask[]): { readonly pValue: number; readonly counts: readonly number[] } {
  const groups = new Map<string, { tasks: number; readonly relevant: number; readonly counts: number[] }>();
  for (const task of tasks) {
    const positions = findRelevantPositions(task);
    if (positions === undefined) continue;
    const size = task.candidates.length;
    const key = `${size} ${positions.length}`;
    const group = groups.get(key) ?? { tasks: 0, relevant: positions.length, counts: new Array<number>(size).fill(0) };
    groups.set(key, group);
    group.tasks++;
    for (const position of positions) group.counts[position]! += 1;
  }
  let statistic = 0;
  let freedom = 0;
  let largest = 0;
  let shown: readonly number[] = [];
  for (const { tasks: size, relevant, counts } of groups.values()) {
    const expected = (size * relevant) / counts.length;
    const ranges = cutRanges(counts, Math.ceil(5 / expected));
    if (ranges.length < 2) continue;
    let sum = 0;
    for (const range of ranges) {
      const wanted = expected * range.length;
      sum += (range.reduce((total, count) => total + count, 0) - wanted) ** 2 / wanted;
    }
    // The k positions of one task differ, which narrows the counts.
    statistic += (sum * (counts.length - 1)) / (counts.length - relevant);
    freedom += ranges.length - 1;
    if (size > largest) {
      largest = size;
      shown = counts;
    }
  }
  const pValue = freedom === 0 ? 1 : computeChiSquareTail(statistic, freedom);
  return { pValue, counts: shown };
}

/** Neighbours in ranges of `width`; the last range takes what is left over. */
function cutRanges(counts: readonly number[], width: number): number[][] {
  const ranges = Math.max(1, Math.floor(counts.length / width));
  return Array.from({ length: ranges }, (_, range) =>
    counts.slice(range * width, range === ranges - 1 ? counts.length : (range + 1) * width),
  );
}
