import type { RankingAnswer } from '@rppkit/env';
import type { PatternSpace } from '@rppkit/patterns';
import type { Encoder, RandomStream } from '@rppkit/spec';
import type { CallCounter } from '../models/call-counter.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import type { Progress } from '../terminal/progress.ts';
import type { ExperimentConfig } from './experiment-config.ts';
import type { ExperimentTasks } from './prepare-tasks.ts';
import type { CallPhase } from './results.ts';
import type { CallFacts } from './run-facts.ts';

/** What the phases of an experiment share. */
export interface ExperimentContext {
  readonly config: ExperimentConfig;
  readonly folder: RunFolder;
  readonly tasks: ExperimentTasks;
  readonly space: PatternSpace;
  readonly encoders: readonly Encoder[];
  readonly calls: CallCounter;
  /** Of the calls so far. */
  readonly readCallFacts: () => CallFacts;
  /** To be told of every answer, for `readCallFacts`. */
  readonly onAnswer: (answer: RankingAnswer) => void;
  /** Split by phase. */
  readonly random: RandomStream;
  readonly progress: Progress;
  readonly tracing: Tracing;
  readonly signal: AbortSignal;
}

/** How far a phase is when it begins, and where it ends. */
export interface PhaseCalls {
  readonly total: number;
  /** Made before an interruption; default 0. */
  readonly done?: number | undefined;
  /** What its progress is called; default the phase. */
  readonly label?: string;
}

/** Runs one phase of calls with its progress shown. */
export async function runPhase<Result>(
  {
    calls,
    progress,
    readCallFacts,
    tracing,
  }: Pick<ExperimentContext, 'calls' | 'progress' | 'readCallFacts' | 'tracing'>,
  phase: CallPhase,
  { total, done = 0, label = phase }: PhaseCalls,
  work: () => Promise<Result>,
): Promise<Result> {
  calls.begin(phase);
  progress.begin(label, total);
  const before = calls.total() - done;
  const show = (): void => {
    progress.update?.({ calls: readCallFacts() });
    progress.advance(Math.min(total, calls.total() - before));
  };
  show();
  const timer = setInterval(show, 100);
  try {
    return await tracing.inSpan(`rppkit ${phase}`, { 'rppkit.calls': total }, work);
  } finally {
    clearInterval(timer);
    show();
    progress.end();
  }
}
