import type { Encoder } from '@rppkit/spec';
import { type ItemEmbedding, type ItemEmbeddingState, restoreItemEmbedding } from './item-embedding.ts';
import { assertCount, assertName } from './state-fields.ts';

/** How the items of a ranking are written. */
export interface LastRankingOptions {
  readonly embedding: ItemEmbedding;
  /** Default `last-ranking`. */
  readonly name?: string;
}

/** JSON form of the discounted encoder. */
export interface LastRankingState {
  readonly kind: 'last-ranking';
  readonly name: string;
  readonly embedding: ItemEmbeddingState;
}

/**
 * The ranking of the round before as one vector: the mean of the items' vectors, rank r from 0 weighing 1 / log2(r + 2).
 * Unknown items are left out of the mean; zeros in the first round and where nothing known was ranked.
 */
export function createLastRanking({ embedding, name = 'last-ranking' }: LastRankingOptions): Encoder {
  assertName('name', name);
  const { dimensions } = embedding;
  return {
    name,
    size: dimensions,
    encode({ task, last }, output) {
      output.fill(0);
      if (last === undefined) return;
      const sums = new Float64Array(dimensions);
      let total = 0;
      for (let rank = 0; rank < last.ranking.length; rank++) {
        const vector = embedding.get(task.candidates[last.ranking[rank]!]!);
        if (vector === undefined) continue;
        const weight = 1 / Math.log2(rank + 2);
        total += weight;
        for (let place = 0; place < dimensions; place++) sums[place]! += weight * vector[place]!;
      }
      if (total === 0) return;
      for (let place = 0; place < dimensions; place++) output[place] = sums[place]! / total;
    },
    state: (): LastRankingState => ({ kind: 'last-ranking', name, embedding: embedding.state() }),
  };
}

/** How the items of a ranking are written, and how many. */
export interface RankedPositionsOptions {
  readonly embedding: ItemEmbedding;
  /** Rows: the longest ranking that is read in full. */
  readonly positions: number;
  /** Default `ranked-positions`. */
  readonly name?: string;
}

/** JSON form of the encoder by position. */
export interface RankedPositionsState {
  readonly kind: 'ranked-positions';
  readonly name: string;
  readonly positions: number;
  readonly embedding: ItemEmbeddingState;
}

/**
 * The ranking of the round before as a sequence for a recurrent network: row-major `[positions, 1 + dimensions]`, the best
 * item first. A row is 1 and then the item's vector (zeros for an unknown item); rows beyond the ranking are zeros, and
 * ranks beyond the rows are left out. Throws `InvalidArgumentError` for `positions` below 1.
 */
export function createRankedPositions({
  embedding,
  positions,
  name = 'ranked-positions',
}: RankedPositionsOptions): Encoder {
  assertName('name', name);
  assertCount('positions', positions);
  const width = 1 + embedding.dimensions;
  return {
    name,
    size: positions * width,
    shape: [positions, width],
    encode({ task, last }, output) {
      output.fill(0);
      for (const [position, index] of (last?.ranking ?? []).entries()) {
        if (position === positions) return;
        const vector = embedding.get(task.candidates[index]!);
        output[position * width] = 1;
        if (vector !== undefined) output.set(vector, position * width + 1);
      }
    },
    state: (): RankedPositionsState => ({
      kind: 'ranked-positions',
      name,
      positions,
      embedding: embedding.state(),
    }),
  };
}

/** Either encoder from its saved state. Throws `InvalidArgumentError`, which names the field, where it is not whole. */
export function restoreRankingEncoder(state: LastRankingState | RankedPositionsState): Encoder {
  assertName('state.name', state.name);
  const embedding = restoreItemEmbedding(state.embedding);
  return state.kind === 'last-ranking'
    ? createLastRanking({ ...state, embedding })
    : createRankedPositions({ ...state, embedding });
}
