import { createRandomStream } from '@rppkit/spec';
import { createFittedRecommender } from './fitted/create-fitted-recommender.ts';
import type { LoadedState } from './fitted/loaded-state.ts';
import type { RecommenderModel } from './fitted/recommender-model.ts';
import type { Recommender } from './recommender.ts';

/** Scores that depend on the seed, the history and the item alone: the floor of every comparison. */
export function createRandomRecommender(): Recommender {
  return {
    name: 'random',
    async fit(interactions, { seed, signal }) {
      signal?.throwIfAborted();
      const learned = { ...interactions, items: interactions.items.map(({ id }) => id) };
      return createFittedRecommender('random', learned, createModel(createRandomStream(seed).bits() | 0));
    },
  };
}

export function loadRandomRecommender({ number }: LoadedState): RecommenderModel {
  return createModel(number('key'));
}

function createModel(key: number): RecommenderModel {
  return {
    settings: { key },
    arrays: {},
    score({ history }, items, output) {
      const person = history.reduce((hash, item) => mixBits(hash ^ item), key);
      for (let index = 0; index < items.length; index++) {
        output[index] = (mixBits(person ^ Math.imul(items[index]! + 1, 0x9e3779b1)) >>> 8) / 0x1000000;
      }
    },
  };
}

/** Every bit of the result depends on every bit of the input (the finaliser of MurmurHash3, A. Appleby). */
function mixBits(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
