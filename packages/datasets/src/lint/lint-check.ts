import type { Dataset } from '../dataset.ts';
import type { UserSequences } from '../user-sequences.ts';
import type { IndexedTask, TaskIndex } from './index-tasks.ts';
import type { TitleIndex } from './index-titles.ts';
import type { LintCode, LintFinding, LintSeverity } from './lint-finding.ts';

/** What checks look at. */
export interface LintInput extends TaskIndex {
  readonly dataset: Dataset | undefined;
  /** All rows of each user of the data set, in no particular order; indices are those of the tasks. */
  readonly interactions: Omit<UserSequences, 'repeated'> | undefined;
  readonly effect: number | undefined;
  readonly standardDeviation: number;
  readonly power: number;
  readonly significanceLevel: number;
  readonly orderSignificanceLevel: number;
  /** Absent where titles are not to be checked. */
  readonly titleIndex: TitleIndex | undefined;
}

/** A finding without the code and severity of its check. */
export type LintEvidence = Omit<LintFinding, 'code' | 'severity'>;

/** One question that the linter asks. */
export interface LintCheck {
  readonly code: LintCode;
  readonly severity: LintSeverity;
  /** What is wrong; empty where nothing is or where the input cannot tell. */
  find(input: LintInput): readonly LintEvidence[];
}

/** Evidence about tasks: none where `faulty` is empty. */
export function reportTasks(faulty: readonly IndexedTask[], message: string, fix: string): LintEvidence[] {
  if (faulty.length === 0) return [];
  const examples = faulty.slice(0, 5).map(({ task }) => task.id);
  return [{ message, fix, counted: 'tasks', count: faulty.length, examples }];
}
