import type { JointAction } from '@rppkit/patterns';
import type { ObservationBlock, RankingTask } from '@rppkit/spec';
import type { RankingAnswer } from '../ask-ranking.ts';
import type { EncoderState } from './restore-encoder.ts';

/** What is known before a round: the task, and what the round before it asked and got. Never a label. */
export interface EncoderContext {
  readonly task: RankingTask;
  /** Rounds already asked, 0 … rounds-1. */
  readonly round: number;
  readonly rounds: number;
  readonly last?: { readonly choice: JointAction; readonly answer: RankingAnswer };
}

/** One named part of the observation; fitted once, saved with the policy, and usable for one new user. */
export interface Encoder {
  readonly name: string;
  /** Floats that it writes. */
  readonly size: number;
  /** Writes all of `output`, `Float32Array [size]`. */
  encode(context: EncoderContext, output: Float32Array): void;
  /** Everything `restoreEncoder` needs, as JSON. */
  state(): EncoderState;
}

/** The named parts of the observation that these encoders write one after the other. */
export function computeObservationLayout(encoders: readonly Encoder[]): readonly ObservationBlock[] {
  let offset = 0;
  return encoders.map(({ name, size }) => {
    const block = { name, offset, shape: [size] };
    offset += size;
    return block;
  });
}

/** The number of floats of one observation. */
export function computeObservationSize(encoders: readonly Encoder[]): number {
  return encoders.reduce((sum, { size }) => sum + size, 0);
}

/** Writes one observation, `Float32Array [observationSize]`. */
export function encodeObservation(encoders: readonly Encoder[], context: EncoderContext, output: Float32Array): void {
  let offset = 0;
  for (const encoder of encoders) {
    encoder.encode(context, output.subarray(offset, offset + encoder.size));
    offset += encoder.size;
  }
}
