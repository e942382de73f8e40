import type { RandomStream } from './random-stream.ts';
import type { ActionMasks, JointActions } from './vector-environment.ts';

/** Chosen actions with the log-probability that each agent gave its own, `Float32Array [batch]` by agent. */
export interface PolicyActions {
  readonly actions: JointActions;
  readonly logProbabilities: Readonly<Record<string, Float32Array>>;
}

export interface ActOptions {
  /** True: each agent's most probable legal action (the first among equals). False: a draw from `random`. */
  readonly deterministic: boolean;
  readonly random: RandomStream;
  readonly masks?: ActionMasks;
}

/** What is saved and served. */
export interface Policy {
  readonly agents: readonly string[];
  readonly observationSize: number;
  readonly actionCounts: Readonly<Record<string, number>>;
  /** `observations`: `Float32Array [batch, observationSize]`; the batch size follows from its length. */
  act(observations: Float32Array, options: ActOptions): PolicyActions;
}

/** What one environment step contributed to a rollout. Shapes as in `VectorStep`. */
export interface RolloutStep {
  /** Before the action. */
  readonly observations: Float32Array;
  readonly state: Float32Array;
  readonly actionMasks?: ActionMasks;
  readonly actions: JointActions;
  readonly logProbabilities: Readonly<Record<string, Float32Array>>;
  /** After the action. */
  readonly rewards: Float32Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  readonly active: Uint8Array;
  readonly learnable: Uint8Array;
}

/** Consecutive steps of one batch of episodes. */
export interface Rollout {
  readonly batchSize: number;
  /** In time order, at least one. */
  readonly steps: readonly RolloutStep[];
  /** After the last step: for bootstrapping rows that were truncated or are still running. */
  readonly finalObservations: Float32Array;
  readonly finalState: Float32Array;
}

/** Scalars of one update under the names that Stable-Baselines3 uses, such as `train/entropy_loss`. */
export type UpdateMetrics = Readonly<Record<string, number>>;

/** Trained by `update` on rollouts; grows between rollouts by `widen`. */
export interface Learner extends Policy {
  readonly name: string;
  update(rollout: Rollout): Promise<UpdateMetrics>;
  /**
   * Adds an action to `agent` as a child of action `parent`, without changing other probabilities;
   * the most probable action may become another one, since the parent shares its own.
   */
  widen(options: { readonly agent: string; readonly parent: number }): void;
  /** Frees what the garbage collector does not know of; later calls throw. */
  dispose(): void;
}
