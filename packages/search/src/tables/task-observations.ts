import { encodeObservation, prepareEncoders } from '@rppkit/env';
import type { Encoder, EncoderContext, RankingTask } from '@rppkit/spec';

/** What encoders write of tasks, computed once for each. */
export interface TaskObservations {
  /** Floats of a row. */
  readonly size: number;
  /** True where some encoder looks at the round before; known after `prepare`. */
  readsLastRound(): boolean;
  /** Computes all tasks; a further call does nothing. Rejects where an encoder cannot be prepared. */
  prepare(signal: AbortSignal | undefined): Promise<void>;
  /** `Float32Array [rows, size]` of the tasks with these numbers, as before their round. */
  copyRows(tasks: Int32Array): Float32Array;
  /** Writes again, into such rows, what depends on the round before. */
  writeLastRounds(
    rows: Float32Array,
    contexts: readonly EncoderContext[],
    signal: AbortSignal | undefined,
  ): Promise<void>;
}

/** Observations of one-round episodes on these tasks, by the encoders one after the other. */
export function createTaskObservations(tasks: readonly RankingTask[], encoders: readonly Encoder[]): TaskObservations {
  const offsets: number[] = [];
  let size = 0;
  for (const encoder of encoders) {
    offsets.push(size);
    size += encoder.size;
  }
  const looked = new Set<Encoder>();
  let cache: Float32Array | undefined;
  return {
    size,
    readsLastRound: () => looked.size > 0,
    async prepare(signal) {
      if (cache !== undefined) return;
      const filled = new Float32Array(tasks.length * size);
      await Promise.all(
        encoders.map(async (encoder, place) => {
          const contexts = tasks.map((task) =>
            watchLastRound({ task, round: 0, rounds: 1 }, () => looked.add(encoder)),
          );
          await prepareEncoders([encoder], contexts, signal === undefined ? {} : { signal });
          for (const [row, context] of contexts.entries()) {
            const start = row * size + offsets[place]!;
            encodeObservation([encoder], context, filled.subarray(start, start + encoder.size));
          }
        }),
      );
      cache = filled;
    },
    copyRows(numbers) {
      const rows = new Float32Array(numbers.length * size);
      for (let row = 0; row < numbers.length; row++) {
        const from = numbers[row]! * size;
        const to = row * size;
        for (let place = 0; place < size; place++) rows[to + place] = cache![from + place]!;
      }
      return rows;
    },
    async writeLastRounds(rows, contexts, signal) {
      await prepareEncoders([...looked], contexts, signal === undefined ? {} : { signal });
      for (const [place, encoder] of encoders.entries()) {
        if (!looked.has(encoder)) continue;
        for (const [row, context] of contexts.entries()) {
          const start = row * size + offsets[place]!;
          encodeObservation([encoder], context, rows.subarray(start, start + encoder.size));
        }
      }
    },
  };
}

/** What an encoder writes without looking whether there was a round before is the same after it, and needs no second call. */
function watchLastRound(context: EncoderContext, onLook: () => void): EncoderContext {
  return new Proxy(context, {
    get(target, key) {
      if (key === 'last') onLook();
      return Reflect.get(target, key);
    },
    has(target, key) {
      if (key === 'last') onLook();
      return Reflect.has(target, key);
    },
    ownKeys(target) {
      onLook();
      return Reflect.ownKeys(target);
    },
  });
}
