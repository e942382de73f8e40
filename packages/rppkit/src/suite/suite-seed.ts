import type { PatternSpace } from '@rppkit/patterns';
import type { Encoder, RandomStream, Scorer } from '@rppkit/spec';
import type { ExperimentTasks } from '../experiment/prepare-tasks.ts';
import type { CallPhase } from '../experiment/results.ts';
import type { CallCounter } from '../models/call-counter.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import type { AskReport } from './report-asker.ts';

/** What the rows of one model and seed share. */
export interface SuiteSeed {
  readonly tasks: ExperimentTasks;
  readonly space: PatternSpace;
  readonly encoders: readonly Encoder[];
  /** What they get on each task, the critics are told. */
  readonly stateScorers: readonly Scorer[];
  readonly calls: CallCounter;
  /** Calls that each search and training may make. */
  readonly budget: number;
  readonly concurrency: number;
  /** Times that users are swapped. */
  readonly swaps: number;
  /** Of this seed; the same for every model. */
  readonly random: RandomStream;
  readonly ask: AskReport;
  /** Files of this model and seed begin with it, such as `simulated_weak/seed-1`. */
  readonly path: string;
  readonly folder: RunFolder;
  readonly signal: AbortSignal;
  /** Runs one part of a row, with its progress shown. */
  run<Result>(phase: CallPhase, total: number, work: () => Promise<Result>): Promise<Result>;
}
