import type { EmbeddingTable, Encoder, EncoderContext } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { encodeFloat32Base64 } from './float32-base64.ts';
import {
  createHashedItemEmbedding,
  fitItemEmbedding,
  type ItemEmbedding,
  type ItemEmbeddingState,
  restoreItemEmbedding,
} from './item-embedding.ts';
import { createLastRanking, createRankedPositions } from './last-ranking.ts';

/** Shows the vectors themselves: mean 0, deviation 1. */
const embedding: ItemEmbedding = restoreItemEmbedding({
  kind: 'table',
  items: {
    dimensions: 2,
    ids: ['a', 'b', 'c'],
    vectors: encodeFloat32Base64(Float32Array.of(1, -1, 2, -2, 3, -3)),
  },
  mean: [0, 0],
  deviation: [1, 1],
});

function createContext(ids: readonly string[], ranking?: readonly number[]): EncoderContext {
  return {
    task: { id: 't', user: 'u', history: [], candidates: ids.map((id) => ({ id, title: `Film ${id}` })) },
    round: 1,
    rounds: 2,
    ...(ranking === undefined
      ? {}
      : { last: { choice: [0], prompt: '', status: 'partial' as const, ranking: Int32Array.from(ranking) } }),
  };
}

function encode(encoder: Encoder, context: EncoderContext): number[] {
  const output = new Float32Array(encoder.size).fill(Number.NaN);
  encoder.encode(context, output);
  return [...output];
}

describe('createLastRanking', () => {
  const encoder = createLastRanking({ embedding });

  it('is the discounted mean of the ranked items', () => {
    // Weights 1, 1 / log2 3 and 1/2 of c, a, b.
    const second = 1 / Math.log2(3);
    const expected = (3 + second * 1 + 0.5 * 2) / (1 + second + 0.5);
    const [x, y] = encode(encoder, createContext(['a', 'b', 'c'], [2, 0, 1]));
    expect(x).toBeCloseTo(expected, 6);
    expect(y).toBeCloseTo(-expected, 6);
  });

  it('leaves unknown items out of the mean, but their ranks count', () => {
    const third = 0.5;
    const [x] = encode(encoder, createContext(['a', 'unknown', 'c'], [0, 1, 2]));
    expect(x).toBeCloseTo((1 + third * 3) / (1 + third), 6);
  });

  it('writes zeros in the first round and where nothing known was ranked', () => {
    expect(encode(encoder, createContext(['a', 'b']))).toEqual([0, 0]);
    expect(encode(encoder, createContext(['a', 'b'], []))).toEqual([0, 0]);
    expect(encode(encoder, createContext(['unknown'], [0]))).toEqual([0, 0]);
  });
});

describe('createRankedPositions', () => {
  const encoder = createRankedPositions({ embedding, positions: 3 });

  it('lays positions out row by row, each a mark and the item, never transposed', () => {
    expect(encoder).toMatchObject({ name: 'ranked-positions', size: 9, shape: [3, 3] });
    const rows = encode(encoder, createContext(['a', 'b', 'c'], [2, 0, 1]));
    expect(rows).toEqual([1, 3, -3, 1, 1, -1, 1, 2, -2]);
  });

  it('writes zero rows beyond the ranking, and a mark alone for an unknown item', () => {
    expect(encode(encoder, createContext(['a', 'b', 'c'], [1]))).toEqual([1, 2, -2, 0, 0, 0, 0, 0, 0]);
    expect(encode(encoder, createContext(['unknown', 'a'], [0, 1]))).toEqual([1, 0, 0, 1, 1, -1, 0, 0, 0]);
    expect(encode(encoder, createContext(['a']))).toEqual(new Array(9).fill(0));
  });

  it('leaves out ranks beyond its rows', () => {
    const short = createRankedPositions({ embedding, positions: 1 });
    expect(encode(short, createContext(['a', 'b', 'c'], [1, 0, 2]))).toEqual([1, 2, -2]);
  });

  it('rejects a size that is not one', () => {
    expect(() => createRankedPositions({ embedding, positions: 0 })).toThrow('Expected positions');
    expect(() => createRankedPositions({ embedding, positions: 1, name: '' })).toThrow('Expected name');
    expect(() => createLastRanking({ embedding, name: '' })).toThrow('Expected name');
  });
});

describe('fitItemEmbedding', () => {
  const vectors = new Map([
    ['a', Float32Array.of(0, 5)],
    ['b', Float32Array.of(2, 5)],
    ['later', Float32Array.of(4, 5)],
  ]);
  const table: EmbeddingTable = { dimensions: 2, get: (id) => vectors.get(id) };
  const tasks = [
    {
      id: 't',
      user: 'u',
      history: [{ item: { id: 'a', title: 'A' } }],
      candidates: [
        { id: 'b', title: 'B' },
        { id: 'unknown', title: '?' },
      ],
    },
  ];

  it('standardises over the items of histories and candidates, and the ones named', () => {
    const fitted = fitItemEmbedding(tasks, { table });
    expect(fitted.get({ id: 'a', title: '' })).toEqual(Float32Array.of(-1, 0));
    expect(fitted.get({ id: 'b', title: '' })).toEqual(Float32Array.of(1, 0));
    expect(fitted.get({ id: 'later', title: '' })).toBeUndefined();
    const more = fitItemEmbedding(tasks, { table, items: ['later'] });
    // 0, 2, 4: mean 2, deviation sqrt(8/3).
    expect(more.get({ id: 'later', title: '' })![0]).toBeCloseTo(2 / Math.sqrt(8 / 3), 6);
  });

  it('rejects a table of other items', () => {
    const other: EmbeddingTable = { dimensions: 2, get: () => undefined };
    expect(() => fitItemEmbedding(tasks, { table: other })).toThrow('one that knows an item of the tasks');
  });
});

describe('createHashedItemEmbedding', () => {
  it('knows every item by its words alone', () => {
    const words = createHashedItemEmbedding({ dimensions: 64 });
    const heat = words.get({ id: '1', title: 'Heat' })!;
    expect(words.get({ id: 'another id', title: 'HEAT' })).toEqual(heat);
    expect(Math.hypot(...heat)).toBeCloseTo(1, 6);
    expect(words.get({ id: '1', title: 'Fargo' })).not.toEqual(heat);
    expect(createHashedItemEmbedding().dimensions).toBe(32);
  });
});

describe('restoreItemEmbedding', () => {
  it.each([
    [undefined, 'Expected state.embedding to be an object'],
    [{ kind: 'gru' }, 'Expected state.embedding.kind to be "table" or "hashed-text", received "gru"'],
    [{ kind: 'hashed-text' }, 'Expected state.embedding.dimensions to be a positive integer'],
    [{ kind: 'table' }, 'Expected state.embedding.items to be an object'],
    [{ ...embedding.state(), mean: [0] }, 'Expected state.embedding.mean to be 2 numbers'],
  ])('rejects %o', (state, message) => {
    expect(() => restoreItemEmbedding(state as unknown as ItemEmbeddingState)).toThrow(message);
  });
});
