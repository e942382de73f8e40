import type { RandomStream } from '@rppkit/spec';
import type { LearnerState } from '../learner/learner-state.ts';

/** Where a training stands: all that decides how it goes on, beside the learner. Plain data. */
export interface TrainingState {
  /** Iterations finished, each of which ended with an update. */
  readonly updates: number;
  /** Episodes begun. */
  readonly episodes: number;
  /** Active rows stepped. */
  readonly calls: number;
  /** Calls of the costliest iteration; 0 before the first. */
  readonly mostCalls: number;
  /** Names the stream that all iterations draw from; they split it, so that none of it is ever used up. */
  readonly randomKey: readonly [number, number];
  /** Absent before the first evaluation. */
  readonly evaluation?: EvaluationHistory;
}

/** What early stopping goes by. */
export interface EvaluationHistory {
  /** After which update the latest evaluation was. */
  readonly update: number;
  /** Evaluations in a row without an improvement. Those in which no episode carried a reward do not count. */
  readonly unimproved: number;
  /** The mean reward that an improvement must exceed; absent while no evaluation had episodes that carry a reward. */
  readonly reference?: number;
  /** The highest mean reward, the first among equals. */
  readonly best?: BestEvaluation;
}

/** The evaluation with the highest mean reward, and the learner as it then was. */
export interface BestEvaluation {
  readonly update: number;
  readonly meanReward: number;
  readonly learner: LearnerState;
}

/** The state before the first iteration. */
export function createTrainingState(random: RandomStream): TrainingState {
  return { updates: 0, episodes: 0, calls: 0, mostCalls: 0, randomKey: random.state().key };
}

/** The state after one more iteration. */
export function addIteration(
  state: TrainingState,
  { episodes, calls }: { readonly episodes: number; readonly calls: number },
): TrainingState {
  return {
    ...state,
    updates: state.updates + 1,
    episodes: state.episodes + episodes,
    calls: state.calls + calls,
    mostCalls: Math.max(state.mostCalls, calls),
  };
}

/**
 * The state after an evaluation. It is an improvement where the mean reward exceeds that of the last improvement by more
 * than `minimumDelta`. `save` is called where it is the highest so far.
 */
export function addEvaluation(
  state: TrainingState,
  meanReward: number,
  { minimumDelta, save }: { readonly minimumDelta: number; readonly save: () => LearnerState },
): TrainingState {
  const { updates: update, evaluation = { update: 0, unimproved: 0 } } = state;
  if (Number.isNaN(meanReward)) return { ...state, evaluation: { ...evaluation, update } };
  const { reference = Number.NEGATIVE_INFINITY, best, unimproved } = evaluation;
  const improved = meanReward > reference + minimumDelta;
  return {
    ...state,
    evaluation: {
      update,
      unimproved: improved ? 0 : unimproved + 1,
      reference: improved ? meanReward : reference,
      best: best !== undefined && meanReward <= best.meanReward ? best : { update, meanReward, learner: save() },
    },
  };
}
