import type { MarlLearner } from '../learner/create-learner.ts';
import type { LearnerState } from '../learner/learner-state.ts';
import type { TrainingState } from './training-state.ts';

/** All that `train` needs to go on as if it had never been interrupted; plain data that survives a structured clone. */
export interface Checkpoint {
  readonly version: 1;
  readonly learner: LearnerState;
  readonly training: TrainingState;
}

/**
 * Takes a checkpoint. `progress` is what a callback of `train` was given, or what `train` returned; the learner must be as it
 * was then, so take it before the callback returns, or before the learner is trained further.
 */
export function createCheckpoint(
  learner: Pick<MarlLearner, 'save'>,
  { state }: { readonly state: TrainingState },
): Checkpoint {
  return { version: 1, learner: learner.save(), training: state };
}
