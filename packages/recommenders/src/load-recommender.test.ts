import { describe, expect, it } from 'vitest';
import type { RecommenderState } from './fitted/recommender-state.ts';
import { saveArray } from './fitted/saved-array.ts';
import { createPopularity, loadRecommender } from './index.ts';
import { createExampleInteractions } from './testing/example-interactions.ts';

const state = (await createPopularity().fit(createExampleInteractions(), { seed: 1 })).save();
const load = (change: Partial<Record<keyof RecommenderState, unknown>>) => () =>
  loadRecommender({ ...state, ...change } as RecommenderState);

describe('loadRecommender', () => {
  it('names the field that is not whole', () => {
    expect(() => loadRecommender(null as unknown as RecommenderState)).toThrow('Expected state to be an object');
    expect(load({ format: 'policy' })).toThrow('Expected state.format to be "rppkit-recommender"');
    expect(load({ version: 2 })).toThrow('Expected state.version to be 1, received 2.');
    expect(load({ kind: 'oracle' })).toThrow('Expected state.kind to be random, popularity');
    expect(load({ kind: 'toString' })).toThrow('Expected state.kind');
    expect(load({ users: 'ann' })).toThrow('Expected state.users to be a list of texts');
    expect(load({ users: ['ann', 'ann'] })).toThrow('Expected state.users to be distinct');
    expect(load({ items: [1] })).toThrow('Expected state.items to be a list of texts');
    expect(load({ settings: [] })).toThrow('Expected state.settings to be an object');
    expect(load({ arrays: undefined })).toThrow('Expected state.arrays to be an object');
    expect(load({ arrays: {} })).toThrow('Expected state.arrays.counts to be a saved array of float32');
    expect(load({ arrays: { counts: saveArray(Float32Array.of(1)) } })).toThrow(
      'Expected state.arrays.counts to be of length 36, received 1.',
    );
  });

  it('refuses interactions that do not fit the users and items', () => {
    expect(load({ starts: saveArray(Int32Array.of(0, 1)) })).toThrow('Expected state.starts to be 61 rising entries');
    const falling = new Int32Array(61).fill(2, 1, 2);
    falling.fill(Number(state.item.length), 60);
    expect(load({ starts: saveArray(falling) })).toThrow('rising entries');
    const beyond = new Int32Array(state.item.length).fill(36);
    expect(load({ item: saveArray(beyond) })).toThrow('Expected state.item to be indices below 36');
  });
});
