import { describe, expect, it } from 'vitest';
import { createFittedRecommender } from '../fitted/create-fitted-recommender.ts';
import { createLearnedUsers } from '../fitted/create-learned-users.ts';
import { readState } from '../fitted/loaded-state.ts';
import type { RecommenderState } from '../fitted/recommender-state.ts';
import { saveArray } from '../fitted/saved-array.ts';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';
import type { FittedRecommender } from '../recommender.ts';
import { createExampleInteractions, describeRecommender } from '../testing/index.ts';
import { CosineNeighbours } from './cosine-neighbours.ts';
import { createItemKnn, loadItemKnn } from './item-knn.ts';

const load = (state: RecommenderState): FittedRecommender => {
  const loaded = readState(state);
  return createFittedRecommender(state.kind, loaded.learned, loadItemKnn(loaded));
};

describeRecommender({ name: 'item-kNN', create: createItemKnn, load });
describeRecommender({ name: 'item-kNN of few', create: () => createItemKnn({ neighbours: 3, shrinkage: 0 }), load });

/** Users with the letters of their items. */
const createData = (...histories: readonly string[]): TrainingInteractions => {
  const names = [...new Set(histories.join(''))].sort();
  const starts = Int32Array.of(0, ...histories.map((_, user) => histories.slice(0, user + 1).join('').length));
  return {
    users: histories.map((_, user) => `u${user}`),
    items: names.map((id) => ({ id, title: id })),
    starts,
    item: Int32Array.from(histories.join(''), (id) => names.indexOf(id)),
    order: 'none',
  };
};
const createHistory = (ids: string) => Array.from(ids, (id) => ({ item: { id, title: id } }));
const close = (values: readonly number[]): number[] => values.map((value) => expect.closeTo(value, 6));

// Users of a: 4, b: 3, c: 2, d: 1. Both: ab 3, ac 2, ad 0, bc 1, bd 0, cd 0.
const data = createData('ab', 'ab', 'abc', 'ac', 'd');

describe('createItemKnn', () => {
  it('scores by the sum of shrunk cosines', async () => {
    const fitted = await createItemKnn({ shrinkage: 2 }).fit(data, { seed: 1 });
    const ab = 3 / (Math.sqrt(12) + 2);
    const ac = 2 / (Math.sqrt(8) + 2);
    const bc = 1 / (Math.sqrt(6) + 2);
    expect([...fitted.scoreItems({ history: createHistory('a') })]).toEqual(close([0, ab, ac, 0]));
    expect([...fitted.scoreItems({ history: createHistory('ab') })]).toEqual(close([ab, ab, ac + bc, 0]));
    expect([...fitted.scoreItems({ history: createHistory('d') })]).toEqual([0, 0, 0, 0]);
  });

  it('keeps the neighbours of the candidate, not those of the history', async () => {
    const fitted = await createItemKnn({ neighbours: 1, shrinkage: 0 }).fit(data, { seed: 1 });
    // Nearest of a: b (0.866 before 0.707), of b: a, of c: a.
    expect([...fitted.scoreItems({ history: createHistory('a') })]).toEqual(
      close([0, 3 / Math.sqrt(12), 2 / Math.sqrt(8), 0]),
    );
    expect([...fitted.scoreItems({ history: createHistory('c') })]).toEqual([0, 0, 0, 0]);
  });

  it('prefers the first of items that are as similar', async () => {
    const fitted = await createItemKnn({ neighbours: 2, shrinkage: 0 }).fit(createData('abcde'), { seed: 1 });
    const neighbours = readState(fitted.save()).integers('neighbours', 10);
    expect([...neighbours]).toEqual([1, 2, 0, 2, 0, 1, 0, 1, 0, 1]);
  });

  it('finds the neighbours of every item', async () => {
    const fitted = await createItemKnn({ neighbours: 4 }).fit(createExampleInteractions(), { seed: 1 });
    const starts = readState(fitted.save()).integers('neighbourStarts', 37);
    expect([...starts]).toEqual(Array.from(starts, (_, item) => 4 * item));
  });

  it('lets other work have its turn', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await createItemKnn().fit(createExampleInteractions(), { seed: 1 });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });

  it('refuses options out of range', () => {
    expect(() => createItemKnn({ neighbours: 0 })).toThrow('Expected neighbours');
    expect(() => createItemKnn({ neighbours: 1.5 })).toThrow('Expected neighbours');
    expect(() => createItemKnn({ shrinkage: -1 })).toThrow('Expected shrinkage');
    expect(() => createItemKnn({ shrinkage: Number.NaN })).toThrow('Expected shrinkage');
  });

  it('refuses states that are not whole', async () => {
    const state = (await createItemKnn().fit(data, { seed: 1 })).save();
    const change = (name: string, values: Int32Array | Float32Array): RecommenderState => ({
      ...state,
      arrays: { ...state.arrays, [name]: saveArray(values) },
    });
    // a: b, c; b: a, c; c: a, b; d: none.
    expect(load(state).items).toEqual(['a', 'b', 'c', 'd']);
    for (const starts of [
      [1, 2, 4, 6, 6],
      [0, 2, 4, 6, 5],
      [0, 4, 2, 6, 6],
    ]) {
      expect(() => load(change('neighbourStarts', Int32Array.from(starts)))).toThrow('state.arrays.neighbourStarts');
    }
    for (const wrong of [-1, 4]) {
      expect(() => load(change('neighbours', Int32Array.of(wrong, 2, 0, 2, 0, 1)))).toThrow('state.arrays.neighbours');
    }
    expect(() => load(change('similarities', Float32Array.of(1)))).toThrow('state.arrays.similarities');
  });
});

describe('CosineNeighbours', () => {
  it.each([
    [1, 0],
    [5, 0],
    [9, 10],
    [100, 3],
  ])('finds the %i nearest of every item with shrinkage %i, as a dense computation does', (neighbours, shrinkage) => {
    const interactions = createExampleInteractions();
    const { users, items, starts, item } = interactions;
    const columns = items.map((_, index) =>
      users.map((_, user) => item.subarray(starts[user], starts[user + 1]).includes(index)),
    );
    const search = new CosineNeighbours(createLearnedUsers(interactions), neighbours, shrinkage);
    search.advance(10);
    search.advance(1000);
    const found = search.collect();
    for (const [index, column] of columns.entries()) {
      const count = (values: readonly boolean[]): number => values.filter(Boolean).length;
      const expected = columns
        .map((other, place) => {
          const both = count(other.map((has, user) => has && column[user]!));
          return { place, value: Math.fround(both / (Math.sqrt(count(column) * count(other)) + shrinkage)) };
        })
        .filter(({ place, value }) => place !== index && value > 0)
        .sort((a, b) => b.value - a.value || a.place - b.place)
        .slice(0, neighbours);
      const [start, end] = [found.starts[index], found.starts[index + 1]];
      expect([...found.neighbours.subarray(start, end)]).toEqual(expected.map(({ place }) => place));
      expect([...found.similarities.subarray(start, end)]).toEqual(expected.map(({ value }) => value));
    }
  });
});
