import type { LoadedState } from '../fitted/loaded-state.ts';
import type { RecommenderModel } from '../fitted/recommender-model.ts';
import type { ModelSettings } from '../fitted/recommender-state.ts';
import type { ModelArray } from '../fitted/saved-array.ts';
import { assertPositiveIntegers } from '../options/number-checks.ts';

/** Vectors of users and items whose dot product is the score. */
export interface Factors {
  /** Length of a vector. */
  readonly dimensions: number;
  /** `Float32Array [users, dimensions]`. */
  readonly users: Float32Array;
  /** `Float32Array [items, dimensions]`. */
  readonly items: Float32Array;
  /** Added to the dot product, `Float32Array [items]`; absent: nothing is. */
  readonly itemBiases?: Float32Array;
}

/** Factors, and what becomes of people who were not learned from. */
export interface FactorModelOptions extends Factors {
  /** The vector `[dimensions]` of a person who was not learned from, from indices of known items, oldest first, maybe none. */
  readonly foldIn: (history: Int32Array) => Float32Array | Float64Array;
  /** Saved beside `dimensions` and `biased`. */
  readonly settings?: ModelSettings;
  /** Saved beside `users`, `items` and `itemBiases`. */
  readonly arrays?: Readonly<Record<string, ModelArray>>;
}

/** A model that scores by the dot product of a person's vector and an item's, plus the item's bias where there is one. */
export function createFactorModel(options: FactorModelOptions): RecommenderModel {
  const { dimensions, users, items, itemBiases, foldIn, settings = {}, arrays = {} } = options;
  return {
    settings: { ...settings, dimensions, biased: Number(itemBiases !== undefined) },
    arrays: { ...arrays, users, items, ...(itemBiases !== undefined && { itemBiases }) },
    embeddings: { dimensions, users, items },
    score({ user, history }, candidates, output) {
      const vector = user >= 0 ? users.subarray(user * dimensions, (user + 1) * dimensions) : foldIn(history);
      for (let index = 0; index < candidates.length; index++) {
        const item = candidates[index]!;
        const row = item * dimensions;
        let sum = itemBiases === undefined ? 0 : itemBiases[item]!;
        for (let d = 0; d < dimensions; d++) sum += vector[d]! * items[row + d]!;
        output[index] = sum;
      }
    },
  };
}

/**
 * Reads the factors that a saved `createFactorModel` holds. Throws `InvalidArgumentError`, which names the field, for ones
 * that are missing or of another size.
 */
export function loadFactors({ learned, number, floats }: LoadedState): Factors {
  const dimensions = number('dimensions');
  assertPositiveIntegers({ 'state.settings.dimensions': dimensions });
  return {
    dimensions,
    users: floats('users', learned.users.length * dimensions),
    items: floats('items', learned.items.length * dimensions),
    ...(number('biased') === 1 && { itemBiases: floats('itemBiases', learned.items.length) }),
  };
}
