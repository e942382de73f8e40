import type { SavedArray } from './saved-array.ts';

/** JSON form of a fitted recommender. */
export interface RecommenderState {
  readonly format: 'rppkit-recommender';
  readonly version: 1;
  /** Name of the algorithm, such as `item-knn`. */
  readonly kind: string;
  readonly users: readonly string[];
  readonly items: readonly string[];
  /** What was learned from, `[users + 1]` and `[interactions]`; see `TrainingInteractions`. */
  readonly starts: SavedArray;
  readonly item: SavedArray;
  /** Scalars and texts of the model. */
  readonly settings: ModelSettings;
  readonly arrays: Readonly<Record<string, SavedArray>>;
}

/** What a model is made of beside its arrays. */
export type ModelSettings = Readonly<Record<string, number | string | boolean | readonly string[]>>;
