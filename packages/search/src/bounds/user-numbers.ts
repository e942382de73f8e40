import type { JudgedTask } from '@rppkit/spec';

/** Whose task is whose: one user may have several. */
export interface UserNumbers {
  /** In order of first occurrence. */
  readonly users: readonly string[];
  /** Index into `users`, `Int32Array [tasks]`. */
  readonly userOf: Int32Array;
}

/** Numbers the users of tasks. */
export function numberUsers(tasks: readonly Pick<JudgedTask, 'task'>[]): UserNumbers {
  const numbers = new Map<string, number>();
  const userOf = Int32Array.from(tasks, ({ task }) => {
    const number = numbers.get(task.user) ?? numbers.size;
    numbers.set(task.user, number);
    return number;
  });
  return { users: [...numbers.keys()], userOf };
}
