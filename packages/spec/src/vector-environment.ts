/** A named part of the observation vector. `offset` counts floats; `shape` multiplies to the part's length. */
export interface ObservationBlock {
  readonly name: string;
  readonly offset: number;
  readonly shape: readonly number[];
}

/** One action a row for every agent, `Int32Array [batch]`. */
export type JointActions = Readonly<Record<string, Int32Array>>;

/** Legal actions, `Uint8Array [batch, actionCount]` row-major, 1 = legal. At least one legal action a row. */
export type ActionMasks = Readonly<Record<string, Uint8Array>>;

/** The state of a batch of episodes after `reset` or `step`. Arrays are the caller's to keep. */
export interface VectorStep<Info = unknown> {
  /** `Float32Array [batch, observationSize]`, row-major. Every agent sees the same vector. */
  readonly observations: Float32Array;
  /** `Float32Array [batch, stateSize]`, for central critics. */
  readonly state: Float32Array;
  /** `Float32Array [batch]`, shared by all agents; 0 after `reset`. */
  readonly rewards: Float32Array;
  /** `Uint8Array [batch]`: 1 where the task itself ended the episode. */
  readonly terminated: Uint8Array;
  /** `Uint8Array [batch]`: 1 where something outside the task ended it (budget, failed call). */
  readonly truncated: Uint8Array;
  /** `Uint8Array [batch]`: 0 where the row had ended before this step; its action was ignored. */
  readonly active: Uint8Array;
  /** `Uint8Array [batch]`: 0 where the row carries no reward (inactive row, failed call). */
  readonly learnable: Uint8Array;
  readonly actionMasks?: ActionMasks;
  /** One entry a row; undefined after `reset` and for inactive rows. */
  readonly infos: readonly (Info | undefined)[];
}

export interface StepOptions {
  readonly signal?: AbortSignal;
  /**
   * What the policy gave each chosen action, `Float32Array [batch]` by agent, natural logarithm. Changes nothing in the
   * step; environments that report infos put it there, as the propensities that off-policy evaluation needs.
   */
  readonly logProbabilities?: Readonly<Record<string, Float32Array>>;
}

/**
 * Cooperative multi-agent steps for a batch of episodes. A row that has ended stays inactive until `reset`; stepping
 * when no row can act rejects, because steps cost tokens.
 */
export interface VectorEnvironment<Info = unknown> {
  /** Rows of every step. */
  readonly batchSize: number;
  readonly agents: readonly string[];
  readonly observationSize: number;
  readonly observationLayout: readonly ObservationBlock[];
  readonly stateSize: number;
  readonly actionCounts: Readonly<Record<string, number>>;
  reset(options: { readonly seed: number; readonly signal?: AbortSignal }): Promise<VectorStep<Info>>;
  step(actions: JointActions, options?: StepOptions): Promise<VectorStep<Info>>;
}
