import { type JudgedTask, RppError } from '@rppkit/spec';

/** Training and report tasks share users, so that the report would show what was learned by heart. */
export class SharedUsersError extends RppError {
  /** The shared user ids, in the order of the report tasks. */
  readonly users: readonly string[];

  constructor(users: readonly string[]) {
    const shown = users.slice(0, 5).join(', ');
    super(
      'SHARED_USERS',
      `Expected report users that were never trained on, received ${users.length} shared (${shown}${users.length > 5 ? ', …' : ''}). ` +
        'Split the users with splitUsers.',
    );
    this.users = users;
  }

  static override isInstance(value: unknown): value is SharedUsersError {
    return RppError.isInstance(value) && value.code === 'SHARED_USERS';
  }
}

/** Throws `SharedUsersError` where a user has a task in both groups. */
export function assertDisjointUsers(train: Iterable<JudgedTask>, report: Iterable<JudgedTask>): void {
  const trained = new Set(Array.from(train, ({ task }) => task.user));
  const reported = new Set(Array.from(report, ({ task }) => task.user));
  const shared = [...reported].filter((user) => trained.has(user));
  if (shared.length > 0) throw new SharedUsersError(shared);
}
