import type { Item } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createFittedRecommender } from '../fitted/create-fitted-recommender.ts';
import { readState } from '../fitted/loaded-state.ts';
import type { RecommenderState } from '../fitted/recommender-state.ts';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';
import type { FittedRecommender } from '../recommender.ts';
import { describeRecommender } from '../testing/index.ts';
import { createBm25, loadBm25 } from './bm25.ts';

const load = (state: RecommenderState): FittedRecommender => {
  const loaded = readState(state);
  return createFittedRecommender(state.kind, loaded.learned, loadBm25(loaded));
};

describeRecommender({ name: 'BM25', create: createBm25, load });

const items: Item[] = [
  { id: 'car', title: 'Red car' },
  { id: 'boat', title: 'Red, red boat' },
  { id: 'wash', title: 'Blue car wash (1995)' },
];
const data: TrainingInteractions = {
  users: ['anna'],
  items,
  starts: Int32Array.of(0, 1),
  item: Int32Array.of(0),
  order: 'none',
};

// N = 3, avdl = (2 + 3 + 4) / 3 = 3. "red" and "car" are in two titles: idf = ln(1 + 1.5 / 2.5) = ln 1.6.
const two = Math.log(1.6);
// In one title: ln(1 + 2.5 / 1.5); in none: ln(1 + 3.5 / 0.5).
const one = Math.log(8 / 3);
const none = Math.log(8);
// k1 (1 - b + b dl / avdl): dl 2: 1.2 (0.25 + 0.5) = 0.9; dl 3: 1.2; dl 4: 1.2 (0.25 + 1) = 1.5.
const createTask = (history: readonly Item[], candidates: readonly Item[]) => ({
  id: 'task',
  user: 'someone new',
  history: history.map((item) => ({ item })),
  candidates,
});
const close = (values: readonly number[]): number[] => values.map((value) => expect.closeTo(value, 6));

describe('createBm25', () => {
  it('scores titles by the terms that they share with those of the history', async () => {
    const fitted = await createBm25().fit(data, { seed: 1 });
    expect([...fitted.score(createTask([items[0]!], items))]).toEqual(
      close([(2 * two) / (1 + 0.9), (2 * two) / (2 + 1.2), two / (1 + 1.5)]),
    );
    // "red" counts twice: two items of the history hold it, one of them two times over.
    expect([...fitted.score(createTask([items[0]!, items[1]!], items.slice(1)))]).toEqual(
      close([(2 * 2 * two) / (2 + 1.2) + one / (1 + 1.2), two / (1 + 1.5)]),
    );
  });

  it('takes k1 and b from its options', async () => {
    const fitted = await createBm25({ k1: 2, b: 0 }).fit(data, { seed: 1 });
    expect([...fitted.score(createTask([items[0]!], items.slice(1)))]).toEqual(
      close([(2 * two) / (2 + 2), two / (1 + 2)]),
    );
  });

  it('scores candidates that it never learned from, and uses such items of a history', async () => {
    const fitted = await createBm25().fit(data, { seed: 1 });
    const plane = { id: 'plane', title: 'A red plane' };
    const glider = { id: 'glider', title: 'Plane, plane' };
    // dl 3 and dl 2. "a" and "plane" are in no learned title.
    expect([...fitted.score(createTask([items[0]!, plane], [items[1]!, plane, glider]))]).toEqual(
      close([(2 * 2 * two) / (2 + 1.2), (2 * two + 2 * none) / (1 + 1.2), (2 * none) / 2.9]),
    );
    expect([...fitted.score(createTask([items[0]!], [glider]))]).toEqual([0]);
    // A term that stands twice in one title of the history counts once there.
    expect([
      ...fitted.score(createTask([{ id: 'twice', title: 'Red plane, red plane' }], [items[0]!, glider])),
    ]).toEqual(close([two / (1 + 0.9), (2 * none) / 2.9]));
    // An item counts once, however often the history repeats it.
    expect([...fitted.score(createTask([plane, plane], [glider]))]).toEqual(close([(2 * none) / 2.9]));
    // Nothing of one person is left in the scores of the next.
    expect([...fitted.score(createTask([], [...items, plane]))]).toEqual([0, 0, 0, 0]);
  });

  it('never scores below 0, not even for a term that all titles hold', async () => {
    const same = items.map(({ id }) => ({ id, title: 'the same' }));
    const fitted = await createBm25().fit({ ...data, items: same }, { seed: 1 });
    for (const score of fitted.score(createTask([same[0]!], same))) expect(score).toBeGreaterThan(0);
  });

  it('copes with titles without a term', async () => {
    const fitted = await createBm25().fit({ ...data, items: [{ id: 'x', title: '...' }] }, { seed: 1 });
    expect([...fitted.score(createTask([{ id: 'x', title: '...' }], [{ id: 'x', title: '' }]))]).toEqual([0]);
  });

  it('refuses options out of range and states that are not whole', async () => {
    expect(() => createBm25({ k1: -1 })).toThrow('Expected k1');
    expect(() => createBm25({ k1: Number.POSITIVE_INFINITY })).toThrow('Expected k1');
    expect(() => createBm25({ b: 1.5 })).toThrow('Expected b');
    const state = (await createBm25().fit(data, { seed: 1 })).save();
    expect(() => load({ ...state, settings: { ...state.settings, titles: ['one'] } })).toThrow('state.settings.titles');
    expect(() => load({ ...state, settings: { ...state.settings, k1: 'x' } })).toThrow('state.settings.k1');
    expect(() => load({ ...state, settings: { ...state.settings, k1: -2 } })).toThrow('state.settings.k1 to be finite');
  });
});
