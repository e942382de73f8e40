import type { JointAction } from '@rppkit/patterns';
import type { JudgedTask } from '@rppkit/spec';
import type { EntryStatus } from './response-table.ts';

/** What one row did in its step. */
export interface TableStepInfo {
  readonly judged: JudgedTask;
  readonly round: 0;
  /** The joint action that the entry answers, a legal one. */
  readonly choice: JointAction;
  readonly orderIndex: number;
  readonly sampleIndex: number;
  readonly status: EntryStatus;
  /** Indices of the task's own candidates, best first; empty unless the status is `ranked`. */
  readonly ranking: Int32Array;
  /** Metric of the answer; undefined for a failed call. */
  readonly score?: number;
  /** What the episode is worth: the score, whatever the objective. */
  readonly value?: number;
  /** Of the chosen expressions, natural logarithm, in the order of the agents; where it was passed in. */
  readonly logProbabilities?: readonly number[];
}
