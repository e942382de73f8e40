import type { JointAction } from '@rppkit/patterns';

/** One prompt that a logging policy chose at random, with what came of it. */
export interface LoggedPrompt {
  /** What the policy saw: the number of a task or an observation, a non-negative integer. Targets are asked about it. */
  readonly context: number;
  readonly choice: JointAction;
  /** What the logging policy gave each slot's expression, natural logarithm, in the order of the slots. */
  readonly logProbabilities: readonly number[];
  /** NaN: the call failed. */
  readonly reward: number;
  /** Legal expressions of each slot, 1 = legal; absent: all. */
  readonly masks?: readonly Uint8Array[];
  /** Rows of one group, such as a user, are one observation for standard errors and folds; default: the row alone. */
  readonly group?: number | string;
  /** Round of its episode; default 0, and nothing else can be evaluated. */
  readonly round?: number;
}
