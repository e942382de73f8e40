import type { IndexedTask, TaskRole } from '../index-tasks.ts';
import { taskRoles } from '../index-tasks.ts';
import { type LintCheck, reportTasks } from '../lint-check.ts';
import { findRelevantPositions } from '../relevant-positions.ts';

/** The relevant item in one slot in all tasks of a role: a ranker that likes this slot looks perfect or hopeless. */
export const constantPosition: LintCheck = {
  code: 'constant-position',
  severity: 'error',
  find({ tasks, orderSignificanceLevel }) {
    return taskRoles.flatMap((role) => {
      const slot = findConstantSlot(tasks, role, orderSignificanceLevel);
      if (slot === undefined) return [];
      const own = tasks.filter((task) => task.role === role);
      return reportTasks(
        own,
        `Expected the relevant item at a random position of each task, received it at ${slot} of all ${own.length} ${role} tasks.`,
        'Give each task, and each copy of a task, a random order of candidates of its own.',
      );
    });
  },
};

/**
 * Where the relevant items of all tasks of a role stand, counted from the front or, where sizes differ, from the back;
 * undefined where they do not stand alike, or where so few tasks agree by chance with a probability of `level` or more. A
 * task without a relevant candidate, or with relevant ones only, agrees with nothing.
 */
export function findConstantSlot(tasks: readonly IndexedTask[], role: TaskRole, level: number): string | undefined {
  let first: { readonly front: readonly number[]; readonly back: readonly number[] } | undefined;
  let isFront = true;
  let isBack = true;
  let chance = 1;
  for (const task of tasks) {
    if (task.role !== role) continue;
    const front = findRelevantPositions(task);
    if (front === undefined) return undefined;
    const size = task.candidates.length;
    const back = front.map((position) => size - 1 - position);
    if (first === undefined) {
      first = { front, back };
      continue;
    }
    isFront &&= isEqual(front, first.front);
    isBack &&= isEqual(back, first.back);
    if (!isFront && !isBack) return undefined;
    chance /= countSubsets(size, front.length);
  }
  if (first === undefined || chance >= level) return undefined;
  const places = (isFront ? first.front : first.back).map((position) => position + 1);
  return `position ${places.join(' and ')}${isFront ? '' : ' from the end'}`;
}

function isEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

function countSubsets(size: number, chosen: number): number {
  let count = 1;
  for (let taken = 0; taken < chosen; taken++) count *= (size - taken) / (taken + 1);
  return count;
}
