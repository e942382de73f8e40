import type { PatternSpace } from '@rppkit/patterns';
import type { Encoder, RandomStream } from '@rppkit/spec';
import type { CallCounter } from '../models/call-counter.ts';
import type { RunFolder } from '../run-folder/run-folder.ts';
import type { Tracing } from '../telemetry/tracing.ts';
import type { Progress } from '../terminal/progress.ts';
import type { ExperimentConfig } from './experiment-config.ts';
import type { ExperimentTasks } from './prepare-tasks.ts';
import type { CallPhase } from './results.ts';

/** What the phases of an experiment share. */
export interface ExperimentContext {
  readonly config: ExperimentConfig;
  readonly folder: RunFolder;
  readonly tasks: ExperimentTasks;
  readonly space: PatternSpace;
  readonly encoders: readonly Encoder[];
  readonly calls: CallCounter;
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

/** Runs one phase of calls with its progress shown; `work` may set a note beside it. */
export async function runPhase<Result>(
  { calls, progress, tracing }: Pick<ExperimentContext, 'calls' | 'progress' | 'tracing'>,
  phase: CallPhase,
  { total, done = 0, label = phase }: PhaseCalls,
  work: (setNote: (note: string) => void) => Promise<Result>,
): Promise<Result> {
  calls.begin(phase);
  progress.begin(label, total);
  const before = calls.total() - done;
  let note = '';
  const show = (): void => progress.advance(Math.min(total, calls.total() - before), note);
  const timer = setInterval(show, 100);
  try {
    const result = await tracing.inSpan(`rppkit ${phase}`, { 'rppkit.calls': total }, () =>
      work((text) => {
        note = text;
      }),
    );
    show();
    return result;
  } finally {
    clearInterval(timer);
    progress.end();
  }
}
