/** `error`: results on these tasks mean nothing or something else. `warning`: they may; look at it and decide. */
export type LintSeverity = 'error' | 'warning';

/** What a finding is about; `lintChecks` has one check for each, and describes it there. */
export type LintCode =
  | 'duplicate-task-ids'
  | 'shared-users'
  | 'trained-validation-users'
  | 'same-target'
  | 'foreign-history'
  | 'relevant-not-of-user'
  | 'relevant-in-history'
  | 'repeated-target'
  | 'later-history'
  | 'no-relevant'
  | 'unreachable-relevant'
  | 'duplicate-candidates'
  | 'constant-position'
  | 'skewed-position'
  | 'shared-order'
  | 'history-among-candidates'
  | 'unknown-order'
  | 'order-not-time'
  | 'colliding-titles'
  | 'contained-titles'
  | 'untitled-items'
  | 'empty-history'
  | 'uneven-candidates'
  | 'too-few-users';

/** One fault of a set of tasks, as plain data. */
export interface LintFinding {
  readonly code: LintCode;
  readonly severity: LintSeverity;
  /** What was expected and what was received. */
  readonly message: string;
  /** What to do. */
  readonly fix: string;
  /** What `count` counts and `examples` names. */
  readonly counted: 'tasks' | 'users' | 'items';
  /** How many tasks, users or items are affected. */
  readonly count: number;
  /** Ids of the first five of them, in the order of the tasks. */
  readonly examples: readonly string[];
}
