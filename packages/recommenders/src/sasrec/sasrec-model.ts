import { InvalidArgumentError } from '@rppkit/spec';
import type { LoadedState } from '../fitted/loaded-state.ts';
import type { RecommenderModel } from '../fitted/recommender-model.ts';
import { assertPositiveIntegers } from '../options/number-checks.ts';
import { computeStates } from './compute-states.ts';
import { createSasrecParameters, type SasrecSizes } from './sasrec-parameters.ts';

/** What `createSasrecModel` is made of. */
export interface SasrecModelParts {
  readonly sizes: SasrecSizes;
  /** Parameters by the names of `createSasrecParameters`. */
  readonly arrays: Readonly<Record<string, Float32Array>>;
  /** Hidden state after the whole history of each user learned from, `Float32Array [users, dimensions]`. */
  readonly userStates: Float32Array;
  /** What was learned from, oldest first: user u has the entries of `item` from `starts[u]` up to `starts[u + 1]`. */
  readonly starts: Int32Array;
  /** Indices of items. */
  readonly item: Int32Array;
}

/**
 * A trained SASRec in plain arrays; it needs no TensorFlow.js. An item's score is the product of its vector and the hidden
 * state after the last known items of the history; someone without any gets each item's number of interactions instead.
 * Users whose history is what was learned from, in the same order, are served from `userStates`.
 */
export function createSasrecModel({ sizes, arrays, userStates, starts, item }: SasrecModelParts): RecommenderModel {
  const { dimensions, maximumLength, blocks, heads } = sizes;
  const parameters = createSasrecParameters(sizes, (name) => arrays[name]!);
  const vectors = parameters.items;
  const counts = new Float64Array(sizes.items);
  for (let entry = 0; entry < item.length; entry++) counts[item[entry]!]!++;
  return {
    settings: { dimensions, maximumLength, blocks, heads },
    arrays: { ...arrays, userStates },
    embeddings: { dimensions, users: userStates, items: vectors },
    score({ user, history }, items, output) {
      if (history.length === 0) {
        for (let index = 0; index < items.length; index++) output[index] = counts[items[index]!]!;
        return;
      }
      // A person counts as a user learned from whatever the order of the history: here the order matters.
      const isKept = user >= 0 && history.every((index, place) => index === item[starts[user]! + place]);
      const states = isKept ? userStates : computeStates(sizes, parameters, history);
      const start = isKept ? user * dimensions : states.length - dimensions;
      for (let index = 0; index < items.length; index++) {
        const offset = items[index]! * dimensions;
        let sum = 0;
        for (let column = 0; column < dimensions; column++) sum += states[start + column]! * vectors[offset + column]!;
        output[index] = sum;
      }
    },
  };
}

/** Restores what `createSasrecModel` saved. Throws `InvalidArgumentError`, which names the field. */
export function loadSasrec({ learned, number, floats }: LoadedState): RecommenderModel {
  const sizes: SasrecSizes = {
    items: learned.items.length,
    dimensions: number('dimensions'),
    maximumLength: number('maximumLength'),
    blocks: number('blocks'),
    heads: number('heads'),
  };
  assertSasrecSizes(sizes);
  const arrays: Record<string, Float32Array> = {};
  createSasrecParameters(sizes, (name, [rows, columns = 1]) => {
    arrays[name] = floats(name, rows * columns);
  });
  const userStates = floats('userStates', learned.users.length * sizes.dimensions);
  return createSasrecModel({ sizes, arrays, userStates, starts: learned.starts, item: learned.item });
}

/** Throws `InvalidArgumentError` for sizes that no network has; the number of items is not looked at. */
export function assertSasrecSizes({ dimensions, maximumLength, blocks, heads }: Omit<SasrecSizes, 'items'>): void {
  assertPositiveIntegers({ dimensions, maximumLength, blocks, heads });
  if (dimensions % heads !== 0) throw new InvalidArgumentError('heads', `a divisor of ${dimensions}`, heads);
}
