import { describe, expect, it } from 'vitest';
import { createFittedRecommender } from '../fitted/create-fitted-recommender.ts';
import { readState } from '../fitted/loaded-state.ts';
import type { RecommenderModel } from '../fitted/recommender-model.ts';
import { createFactorModel, loadFactors } from './factor-model.ts';

const learned = {
  users: ['anna', 'ben'],
  items: ['a', 'b', 'c'],
  starts: Int32Array.of(0, 1, 2),
  item: Int32Array.of(0, 1),
};
const factors = {
  dimensions: 2,
  users: Float32Array.of(1, 2, 3, -1),
  items: Float32Array.of(1, 0, 0, 1, 2, 2),
};
const foldIn = (history: Int32Array): Float64Array => Float64Array.of(history.length, 10);

const score = (model: RecommenderModel, user: number, history: number[]): number[] => {
  const output = new Float32Array(3);
  model.score({ user, history: Int32Array.from(history), unknown: [] }, Int32Array.of(2, 0, 1), output);
  return [...output];
};

describe('createFactorModel', () => {
  it('scores by dot product with the learned vector, or with the folded-in one', () => {
    const model = createFactorModel({ ...factors, foldIn });
    // (3, -1) . (2, 2) = 4, . (1, 0) = 3, . (0, 1) = -1
    expect(score(model, 1, [1])).toEqual([4, 3, -1]);
    // (2, 10)
    expect(score(model, -1, [0, 1])).toEqual([24, 2, 10]);
  });

  it('adds the biases of the items', () => {
    const model = createFactorModel({ ...factors, itemBiases: Float32Array.of(100, 200, 300), foldIn });
    expect(score(model, 1, [1])).toEqual([304, 103, 199]);
  });

  it('has the vectors as embeddings', () => {
    const fitted = createFittedRecommender('x', learned, createFactorModel({ ...factors, foldIn }));
    expect(fitted.userEmbeddings?.get('ben')).toEqual(Float32Array.of(3, -1));
    expect(fitted.itemEmbeddings?.get('c')).toEqual(Float32Array.of(2, 2));
  });
});

describe('loadFactors', () => {
  it.each([
    ['with biases', { itemBiases: Float32Array.of(1, 2, 3) }],
    ['without biases', {}],
  ])('reads what was saved, %s', (_, biases) => {
    const model = createFactorModel({
      ...factors,
      ...biases,
      foldIn,
      settings: { power: 0.5 },
      arrays: { more: Int32Array.of(7) },
    });
    const state = readState(createFittedRecommender('x', learned, model).save());
    expect(loadFactors(state)).toEqual({ ...factors, ...biases });
    expect(state.number('power')).toBe(0.5);
    expect(state.integers('more', 1)).toEqual(Int32Array.of(7));
  });

  it('names the array that is missing or too short', () => {
    const saved = createFittedRecommender('x', learned, createFactorModel({ ...factors, foldIn })).save();
    const { users: _, ...arrays } = saved.arrays;
    expect(() => loadFactors(readState({ ...saved, arrays }))).toThrow('state.arrays.users');
    for (const dimensions of [0, 1.5]) {
      const settings = { ...saved.settings, dimensions };
      expect(() => loadFactors(readState({ ...saved, settings }))).toThrow('state.settings.dimensions');
    }
    const settings = { ...saved.settings, dimensions: 3 };
    expect(() => loadFactors(readState({ ...saved, settings }))).toThrow('state.arrays.users to be of length 6');
  });
});
