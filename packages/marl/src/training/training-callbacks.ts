import type { Rollout, UpdateMetrics, VectorStep } from '@rppkit/spec';
import type { EvaluationOutcome } from './evaluate-policy.ts';
import type { BestEvaluation, TrainingState } from './training-state.ts';

/** What is known after one update. */
export interface TrainingProgress<Info = unknown> {
  /** 1 after the first update. */
  readonly update: number;
  /** Episodes begun so far. */
  readonly episodes: number;
  /**
   * The learner's metrics, `rollout/ep_rew_mean` and `rollout/ep_len_mean` (NaN where no episode carried its rewards),
   * `time/iterations` and `time/total_timesteps`, which counts calls. There are no times: the library has no clock.
   */
  readonly metrics: UpdateMetrics;
  readonly rollout: Rollout;
  /** What `reset` and then every `step` returned in this iteration. */
  readonly steps: readonly VectorStep<Info>[];
  /** For `createCheckpoint`. */
  readonly state: TrainingState;
}

/** What is known after one evaluation. Its metrics also hold `time/iterations` and `time/total_timesteps`. */
export interface EvaluationProgress extends EvaluationOutcome {
  /** The update that came before. */
  readonly update: number;
  /** For `createCheckpoint`. */
  readonly state: TrainingState;
}

/** How a training ended. */
export interface TrainingResult {
  /** `budget`: used up; `early-stopping`: patience used up; `callback`: one returned `'stop'`. */
  readonly reason: 'budget' | 'early-stopping' | 'callback';
  /** Where there was an evaluation whose episodes carried rewards. The learner itself stays as it was last. */
  readonly best?: BestEvaluation;
  /** For `createCheckpoint`, from which a training with a larger budget can go on. */
  readonly state: TrainingState;
}

/**
 * Called while training, one after the other, each awaited. What one throws ends the training with that error and leaves the
 * learner as it was after the last finished update. The answer `'stop'` ends the training after this event.
 */
export interface TrainingCallbacks<Info = unknown> {
  /** Before the first iteration, with the state that training starts or goes on from. */
  onStart?(start: { readonly state: TrainingState }): void | 'stop' | Promise<void> | Promise<'stop' | undefined>;
  /** After each update, before the evaluation that may follow it. */
  onUpdate?(progress: TrainingProgress<Info>): void | 'stop' | Promise<void> | Promise<'stop' | undefined>;
  onEvaluation?(progress: EvaluationProgress): void | 'stop' | Promise<void> | Promise<'stop' | undefined>;
  /** At the end, unless training was aborted or failed. */
  onEnd?(result: TrainingResult): void | Promise<void>;
}
