import type { Item } from '@rppkit/spec';
import type { ModelSettings } from './recommender-state.ts';
import type { ModelArray } from './saved-array.ts';

/** Someone to score items for, in the indices of what was learned from. */
export interface Person {
  /** Index of a user with interactions whose history is the one learned from, in its order; -1: fold in from `history`. */
  readonly user: number;
  /** Known items, oldest first, no item twice. */
  readonly history: Int32Array;
  /** Items of the history that were never learned from, oldest first, no item twice. */
  readonly unknown: readonly Item[];
}

/** What an algorithm adds to `createFittedRecommender`: numbers and how they score. */
export interface RecommenderModel {
  /** Writes the values of `items` for the person, `output[i]` of `items[i]`: finite, higher is better. */
  score(person: Person, items: Int32Array, output: Float32Array): void;
  /** The value of an item never learned from; absent: such items get the lowest value among the others. */
  scoreUnknown?(person: Person, item: Item): number;
  readonly settings: ModelSettings;
  readonly arrays: Readonly<Record<string, ModelArray>>;
  /** Vectors of users and items, one row each, where the algorithm has any. */
  readonly embeddings?: {
    readonly dimensions: number;
    /** `Float32Array [users, dimensions]`. */
    readonly users: Float32Array;
    /** `Float32Array [items, dimensions]`. */
    readonly items: Float32Array;
  };
}
