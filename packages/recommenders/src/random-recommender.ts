import { createRandomStream } from '@rppkit/spec';
import { createFittedRecommender } from './fitted/create-fitted-recommender.ts';
import { createLearnedUsers } from './fitted/create-learned-users.ts';
import type { LoadedState } from './fitted/loaded-state.ts';
import type { RecommenderModel } from './fitted/recommender-model.ts';
import type { Recommender } from './recommender.ts';

/** Scores that depend on the seed, the history and the item alone: the floor of every comparison. */
export function createRandomRecommender(): Recommender {
  const name = 'random';
  return {
    name,
    async fit(interactions, { seed, signal }) {
      signal?.throwIfAborted();
      const model = createModel(createRandomStream(seed).split(name).bits() | 0);
      return createFittedRecommender(name, createLearnedUsers(interactions), model);
    },
  };
}

/** A saved model. Throws `InvalidArgumentError`, which names the field, for a state that is not whole. */
export function loadRandomRecommender({ number }: LoadedState): RecommenderModel {
  return createModel(number('key'));
}

function createModel(key: number): RecommenderModel {
  return {
    settings: { key },
    arrays: {},
    score({ history }, items, output) {
      const person = hashHistory(key, history);
      for (let index = 0; index < items.length; index++) output[index] = drawShare(person, items[index]! + 1);
    },
    // Not the lowest score, which would put such candidates last in every task.
    scoreUnknown: ({ history }, { id }) => drawShare(hashHistory(key, history), hashText(id)),
  };
}

function hashHistory(key: number, history: Int32Array): number {
  return history.reduce((hash, item) => mixBits(hash ^ item), key);
}

function hashText(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = mixBits(hash ^ text.charCodeAt(at));
  return hash;
}

/** In [0, 1). */
function drawShare(person: number, item: number): number {
  return (mixBits(person ^ Math.imul(item, 0x9e3779b1)) >>> 8) / 0x1000000;
}

/** Every bit of the result depends on every bit of the input (the finaliser of MurmurHash3, A. Appleby). */
function mixBits(value: number): number {
  let bits = value ^ (value >>> 16);
  bits = Math.imul(bits, 0x85ebca6b);
  bits ^= bits >>> 13;
  bits = Math.imul(bits, 0xc2b2ae35);
  return bits ^ (bits >>> 16);
}
