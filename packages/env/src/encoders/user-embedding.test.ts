import type { EmbeddingTable, Encoder, RankingTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createUserEmbedding, fitUserEmbedding, type UserEmbeddingState } from './user-embedding.ts';

function createTable(dimensions: number, vectors: Readonly<Record<string, readonly number[]>>): EmbeddingTable {
  const map = new Map(Object.entries(vectors).map(([id, vector]) => [id, Float32Array.from(vector)]));
  return { dimensions, get: (id) => map.get(id) };
}

function createTask(user: string, ...items: readonly string[]): RankingTask {
  return {
    id: user,
    user,
    history: items.map((id) => ({ item: { id, title: id } })),
    candidates: [{ id: 'x', title: 'X' }],
  };
}

function encode(encoder: Encoder, task: RankingTask): number[] {
  const output = new Float32Array(encoder.size).fill(Number.NaN);
  encoder.encode({ task, round: 0, rounds: 1 }, output);
  return [...output];
}

// Dimension 0 follows the items exactly, dimension 1 turns against them, dimension 2 knows nothing of them.
const table = createTable(3, {
  ada: [1, 6, 0],
  ben: [3, 2, 0],
  chi: [5, -2, 0],
  dee: [3, 2, 1],
  eve: [3, 2, -1],
  report: [5, 2, 0],
});
const itemTable = createTable(3, { low: [0, 0, 1], middle: [1, 1, 1], high: [2, 2, 1] });
const tasks = [
  createTask('ada', 'low'),
  createTask('ben', 'middle', 'unknown'),
  createTask('chi', 'high'),
  createTask('dee', 'low', 'high'),
  createTask('eve', 'middle'),
];

describe('fitUserEmbedding', () => {
  it('writes known users standardised, with a flag, and new ones as the mean training user', () => {
    const encoder = fitUserEmbedding(tasks, { table });
    expect(encoder).toMatchObject({ name: 'user-embedding', size: 4 });
    // Mean 3 and deviation sqrt(8/5); mean 2 and deviation sqrt(32/5); mean 0 and deviation sqrt(2/5).
    const [x, y, z, known] = encode(encoder, tasks[0]!);
    expect(x).toBeCloseTo(-2 / Math.sqrt(8 / 5), 5);
    expect(y).toBeCloseTo(4 / Math.sqrt(32 / 5), 5);
    expect(z).toBe(0);
    expect(known).toBe(1);
    expect(encode(encoder, createTask('new', 'low'))).toEqual([0, 0, 0, 0]);
    expect(encode(encoder, createTask('__proto__'))).toEqual([0, 0, 0, 0]);
  });

  it('guesses a new user from their items as least squares do', () => {
    const encoder = fitUserEmbedding(tasks, { table, itemTable });
    const { slope } = (encoder.state() as UserEmbeddingState).fallback!;
    expect(slope[0]).toBeCloseTo(1, 6);
    expect(slope[1]).toBeCloseTo(-1, 6);
    expect(slope[2]).toBeCloseTo(0, 6);
    // History means 0, 1, 2, 1, 1 by user: mean 1, deviation sqrt(2/5); "low" is as ada, whose vector it guesses.
    const [x, y, z, known] = encode(encoder, createTask('new', 'unknown', 'low'));
    const [adaX, adaY] = encode(encoder, tasks[0]!);
    expect(x).toBeCloseTo(adaX!, 5);
    expect(y).toBeCloseTo(adaY!, 5);
    expect(z).toBeCloseTo(0, 6);
    expect(known).toBe(0);
    expect(encode(encoder, createTask('new', 'unknown'))).toEqual([0, 0, 0, 0]);
    expect(encode(encoder, createTask('new'))).toEqual([0, 0, 0, 0]);
  });

  it('saves the users of the tasks, and those that are named', () => {
    const ids = (encoder: Encoder) => (encoder.state() as UserEmbeddingState).users.ids;
    expect(ids(fitUserEmbedding(tasks.slice(0, 2), { table }))).toEqual(['ada', 'ben']);
    const further = fitUserEmbedding(tasks.slice(0, 2), { table, itemTable, users: ['report'], items: ['high'] });
    expect(ids(further)).toEqual(['ada', 'ben', 'report']);
    expect((further.state() as UserEmbeddingState).fallback!.items.ids).toEqual(['low', 'middle', 'high']);
    expect(encode(further, createTask('report')).at(-1)).toBe(1);
    // Named users change nothing in how users are standardised.
    expect(further.state()).toMatchObject({ mean: [2, 4, 0] });
  });

  it('counts a user with several tasks once', () => {
    const { mean } = fitUserEmbedding([tasks[0]!, tasks[0]!, tasks[1]!], { table }).state() as UserEmbeddingState;
    expect(mean).toEqual([2, 4, 0]);
  });

  it('falls back to the mean user where no training user has a known item', () => {
    const encoder = fitUserEmbedding([createTask('ada', 'unknown')], { table, itemTable, items: ['low'] });
    expect((encoder.state() as UserEmbeddingState).fallback!.slope).toEqual([0, 0, 0]);
    expect(encode(encoder, createTask('new', 'low'))).toEqual([0, 0, 0, 0]);
  });

  it('rejects a table of other users, and items of other dimensions', () => {
    expect(() => fitUserEmbedding([createTask('nobody')], { table })).toThrow('one that knows a user of the tasks');
    expect(() => fitUserEmbedding(tasks, { table, itemTable: createTable(2, {}) })).toThrow(
      'Expected itemTable.dimensions to be 3, as of the users, received 2',
    );
  });
});

describe('createUserEmbedding', () => {
  const state = fitUserEmbedding(tasks, { table, itemTable }).state() as UserEmbeddingState;
  const fallback = state.fallback!;

  it.each([
    [{ name: '' }, 'Expected state.name'],
    [{ users: undefined }, 'Expected state.users to be an object'],
    [{ mean: [0] }, 'Expected state.mean to be 3 numbers'],
    [{ fallback: null }, 'Expected state.fallback to be an object'],
    [{ fallback: { ...fallback, slope: [1, null, 1] } }, 'Expected state.fallback.slope[1] to be a finite number'],
    [{ fallback: { ...fallback, mean: [] } }, 'Expected state.fallback.mean to be 3 numbers'],
    [{ fallback: { ...fallback, items: { dimensions: 2, ids: [], vectors: '' } } }, 'state.fallback.items.dimensions'],
  ])('rejects a state with %o', (change, message) => {
    expect(() => createUserEmbedding({ ...state, ...change } as unknown as UserEmbeddingState)).toThrow(message);
  });
});
