import { InvalidArgumentError, type Item } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { createFittedRecommender } from '../fitted/create-fitted-recommender.ts';
import { readState } from '../fitted/loaded-state.ts';
import type { RecommenderState } from '../fitted/recommender-state.ts';
import { assertSasrecSizes, createSasrecModel, loadSasrec } from './sasrec-model.ts';
import { createSasrecParameters } from './sasrec-parameters.ts';

const sizes = { items: 3, maximumLength: 2, dimensions: 2, blocks: 1, heads: 1 };
const arrays: Record<string, Float32Array> = {};
createSasrecParameters(sizes, (name, [rows, columns = 1]) => {
  arrays[name] = Float32Array.from({ length: rows * columns }, (_, index) => index + 1);
});
const learned = {
  users: ['ann', 'bob'],
  items: ['x', 'y', 'z'],
  starts: Int32Array.of(0, 2, 3),
  item: Int32Array.of(0, 1, 1),
};
const userStates = Float32Array.of(1, 10, 2, 0);
const fitted = createFittedRecommender('sasrec', learned, createSasrecModel({ sizes, arrays, userStates, ...learned }));
const entries = (ids: string): { item: Item }[] => [...ids].map((id) => ({ item: { id, title: id } }));

describe('createSasrecModel', () => {
  it('scores a user learned from by the state that was kept of them', () => {
    // Item vectors (1, 2), (3, 4), (5, 6); state (1, 10).
    expect([...fitted.scoreItems({ user: 'ann', history: entries('xy') })]).toEqual([21, 43, 65]);
    expect([...fitted.userEmbeddings!.get('bob')!]).toEqual([2, 0]);
    expect([...fitted.itemEmbeddings!.get('z')!]).toEqual([5, 6]);
  });

  it('reads the history of a user learned from anew where its order is another', () => {
    const anew = fitted.scoreItems({ user: 'ann', history: entries('yx') });
    expect(anew).toEqual(fitted.scoreItems({ history: entries('yx') }));
    expect(anew).not.toEqual(fitted.scoreItems({ user: 'ann', history: entries('xy') }));
  });

  it('falls back on the number of interactions for someone without a history', () => {
    expect([...fitted.scoreItems({ history: [] })]).toEqual([1, 2, 0]);
    expect([...fitted.scoreItems({ history: entries('?') })]).toEqual([1, 2, 0]);
  });

  it('comes back from its state, which must be whole', () => {
    const state: RecommenderState = fitted.save();
    const load = (changed: object): Float32Array => {
      const loaded = readState({ ...state, ...changed } as RecommenderState);
      return createFittedRecommender('sasrec', loaded.learned, loadSasrec(loaded)).scoreItems({
        history: entries('yx'),
      });
    };
    expect(load({})).toEqual(fitted.scoreItems({ history: entries('yx') }));
    expect(() => load({ settings: { ...state.settings, blocks: 2 } })).toThrow(/state\.arrays\.blocks\.1/);
    expect(() => load({ settings: { ...state.settings, dimensions: 4 } })).toThrow(/state\.arrays\.items/);
    expect(() => load({ settings: { ...state.settings, heads: 0 } })).toThrow(/heads/);
  });
});

it('assertSasrecSizes refuses sizes that no network has', () => {
  expect(() => assertSasrecSizes(sizes)).not.toThrow();
  for (const wrong of [{ dimensions: 0 }, { maximumLength: 1.5 }, { blocks: -1 }, { heads: 3 }]) {
    expect(() => assertSasrecSizes({ ...sizes, ...wrong })).toThrow(InvalidArgumentError);
  }
});
