import type { EmbeddingTable, Encoder, RankingTask } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { computeTableState } from './embedding-table.ts';
import { createHistoryEmbedding, fitHistoryEmbedding, type HistoryEmbeddingState } from './history-embedding.ts';

const vectors = new Map([
  ['a', Float32Array.of(1, 0)],
  ['b', Float32Array.of(0, 2)],
  ['c', Float32Array.of(3, 4)],
]);
const table: EmbeddingTable = { dimensions: 2, get: (id) => vectors.get(id) };

function createTask(...items: readonly string[]): RankingTask {
  return {
    id: items.join(),
    user: items.join(),
    history: items.map((id) => ({ item: { id, title: id } })),
    candidates: [{ id: 'x', title: 'X' }],
  };
}

function encode(encoder: Encoder, task: RankingTask): number[] {
  const output = new Float32Array(encoder.size).fill(Number.NaN);
  encoder.encode({ task, round: 0, rounds: 1 }, output);
  return [...output];
}

/** Shows the means themselves: mean 0, deviation 1. */
const raw = (decay: number): Encoder =>
  createHistoryEmbedding({
    kind: 'history-embedding',
    name: 'raw',
    decay,
    items: computeTableState(table, vectors.keys()),
    mean: [0, 0],
    deviation: [1, 1],
  });

describe('createHistoryEmbedding', () => {
  it('writes the mean of the known items and the share that is known', () => {
    // ((1, 0) + (0, 2)) / 2
    expect(encode(raw(1), createTask('a', 'b'))).toEqual([0.5, 1, 1]);
    expect(encode(raw(1), createTask('a', 'unknown', 'b', '__proto__'))).toEqual([0.5, 1, 0.5]);
    expect(encode(raw(1), createTask('unknown'))).toEqual([0, 0, 0]);
    expect(encode(raw(1), createTask())).toEqual([0, 0, 0]);
  });

  it('lets the latest entries weigh more where it decays', () => {
    // Weights 1/4, 1/2, 1 of a, b, c: (1/4 + 3, 1 + 4) / (7/4).
    const [x, y] = encode(raw(0.5), createTask('a', 'b', 'c'));
    expect(x).toBeCloseTo(13 / 7, 6);
    expect(y).toBeCloseTo(20 / 7, 6);
    // An unknown entry between ages the others: weights 1/4 and 1 of a and b.
    const [p, q] = encode(raw(0.5), createTask('a', 'unknown', 'b', 'unknown'));
    expect(p).toBeCloseTo(0.25 / 1.25, 6);
    expect(q).toBeCloseTo(2 / 1.25, 6);
  });

  it('still works where the known entries are very old', () => {
    const old = createTask('a', ...Array.from({ length: 5000 }, () => 'unknown'));
    expect(encode(raw(0.5), old).slice(0, 2)).toEqual([1, 0]);
  });

  it.each([
    [{ name: ' ' }, 'Expected state.name to be text'],
    [{ decay: 0 }, 'Expected state.decay to be a number in (0, 1], received 0'],
    [{ decay: null }, 'Expected state.decay'],
    [{ items: undefined }, 'Expected state.items to be an object'],
    [{ mean: [0] }, 'Expected state.mean to be 2 numbers'],
    [{ deviation: [1, null] }, 'Expected state.deviation[1] to be a finite number'],
  ])('rejects a state with %o', (change, message) => {
    const state = { ...raw(1).state(), ...change } as unknown as HistoryEmbeddingState;
    expect(() => createHistoryEmbedding(state)).toThrow(message);
  });
});

describe('fitHistoryEmbedding', () => {
  const tasks = [createTask('a'), createTask('b', 'unknown'), createTask('unknown'), createTask('a', 'c')];

  it('standardises over the histories with a known item', () => {
    const encoder = fitHistoryEmbedding(tasks, { table });
    expect(encoder).toMatchObject({ name: 'history-mean', size: 3 });
    // Means (1, 0), (0, 2), (2, 2): mean (1, 4/3), deviation (sqrt 2/3, sqrt 8/9).
    const state = encoder.state() as HistoryEmbeddingState;
    for (const [place, value] of [1, 4 / 3].entries()) expect(state.mean[place]).toBeCloseTo(value, 6);
    for (const [place, value] of [Math.sqrt(2 / 3), Math.sqrt(8 / 9)].entries()) {
      expect(state.deviation[place]).toBeCloseTo(value, 6);
    }
    const [x, y, known] = encode(encoder, createTask('c', 'a'));
    expect(x).toBeCloseTo(1 / Math.sqrt(2 / 3), 5);
    expect(y).toBeCloseTo(2 / 3 / Math.sqrt(8 / 9), 5);
    expect(known).toBe(1);
    // The training mean, as for a statistic that a history does not have.
    expect(encode(encoder, createTask('unknown'))).toEqual([0, 0, 0]);
  });

  it('cuts at 4 standard deviations, and leaves a constant dimension at 0', () => {
    const far = new Map([
      ...Array.from({ length: 50 }, (_, index) => [`i${index}`, Float32Array.of(index % 2, 0.1)] as const),
      ['far', Float32Array.of(100, 0.1)],
    ]);
    const near = Array.from({ length: 50 }, (_, index) => createTask(`i${index}`));
    const encoder = fitHistoryEmbedding(near, {
      table: { dimensions: 2, get: (id) => far.get(id) },
      items: ['far'],
    });
    const [x, y] = encode(encoder, createTask('far'));
    expect(x).toBe(4);
    expect(y).toBeCloseTo(0, 6);
  });

  it('saves what it needs: the items of the histories and those that are named', () => {
    const state = fitHistoryEmbedding(tasks.slice(0, 2), { table, decay: 0.9, items: ['c'] }).state();
    expect(state).toMatchObject({ name: 'history-decayed', decay: 0.9, items: { ids: ['a', 'b', 'c'] } });
    expect(fitHistoryEmbedding(tasks, { table, name: 'other' }).name).toBe('other');
  });

  it('rejects a table of other items, and a decay out of range', () => {
    expect(() => fitHistoryEmbedding([createTask('unknown')], { table })).toThrow(
      'Expected table to be one that knows an item of the histories',
    );
    expect(() => fitHistoryEmbedding(tasks, { table, decay: 1.5 })).toThrow('Expected decay to be a number in (0, 1]');
  });
});
