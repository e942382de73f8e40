import type { RankingTask } from './ranking-task.ts';

/** What the round before asked and got. */
export interface LastRound {
  /** One expression index for every pattern; of a grown space those that the chosen ones were refined from. */
  readonly choice: readonly number[];
  /** The whole prompt. */
  readonly prompt: string;
  /** How its answer could be read; `failed`: there was none. */
  readonly status: 'complete' | 'partial' | 'invalid' | 'failed';
  /** Indices of the task's own candidates, best first; what is missing was not ranked. */
  readonly ranking: Int32Array;
}

/** What is known before a round: the task, and what the round before it asked and got. Never a label. */
export interface EncoderContext {
  readonly task: RankingTask;
  /** Rounds already asked, 0 … rounds-1. */
  readonly round: number;
  /** At least 1. */
  readonly rounds: number;
  /** Absent in the first round. */
  readonly last?: LastRound;
}

/** JSON form of an encoder; `kind` says which restores it. */
export interface EncoderState {
  readonly kind: string;
}

/** One named part of the observation; fitted once, saved with the policy, and usable for one new user. */
export interface Encoder {
  /** Unique among the encoders of one observation. */
  readonly name: string;
  /** Floats that it writes. */
  readonly size: number;
  /** Multiplies to `size`; absent: `[size]`. */
  readonly shape?: readonly number[];
  /**
   * For encoders that wait for something, such as a text embedder: called with every context before `encode` is. May be
   * called again with the same ones.
   */
  prepare?(contexts: readonly EncoderContext[], options?: { readonly signal?: AbortSignal }): Promise<void>;
  /** Writes all of `output`, `Float32Array [size]`, with finite numbers; equal contexts give equal floats. */
  encode(context: EncoderContext, output: Float32Array): void;
  /** Everything that is needed to restore it, as JSON. */
  state(): EncoderState;
}
