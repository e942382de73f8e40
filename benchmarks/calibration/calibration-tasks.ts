import type { Knowledge } from '@rppkit/simulator';
import type { JudgedTask } from '@rppkit/spec';

/** What a simulated model is calibrated on: tasks of some users, and what it knows from others. */
export interface CalibrationTasks {
  /** In the name of each figure, such as `movielens`. */
  readonly name: string;
  readonly tasks: readonly JudgedTask[];
  readonly knowledge: Knowledge;
}
