import { InvalidArgumentError } from '@rppkit/spec';
import { assertOneOf } from '../assert-one-of.ts';
import type { InteractionSplit } from '../splits/interaction-split.ts';
import type { TaskTarget } from './judged-tasks.ts';

export interface TaskUsersOptions {
  readonly target: TaskTarget;
  /** Different items that the target part must hold; a positive integer, default 1. */
  readonly relevant?: number;
  /** Different items that must come before the target part; a positive integer, default 1. */
  readonly minimumHistory?: number;
}

/**
 * The users of whom a split makes a task, as ascending indices into `log.users`, `Int32Array [users with a task]`.
 * `createJudgedTasks` refuses all others; after a split by time these are many, who did nothing before the cut or nothing after.
 *
 * Throws `InvalidArgumentError` for options out of range.
 */
export function listTaskUsers(
  { sequences, validationStart, testStart }: InteractionSplit,
  { target, relevant = 1, minimumHistory = 1 }: TaskUsersOptions,
): Int32Array {
  assertOneOf('target', target, ['validation', 'test']);
  for (const [name, count] of Object.entries({ relevant, minimumHistory })) {
    if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError(name, 'a positive integer', count);
  }
  return Int32Array.from(testStart.keys()).filter((user) => {
    const items = sequences.items(user);
    const start = (target === 'validation' ? validationStart : testStart)[user]!;
    const end = target === 'validation' ? testStart[user]! : items.length;
    const before = new Set(items.subarray(0, start));
    return before.size >= minimumHistory && new Set(items.subarray(start, end)).size >= relevant;
  });
}
