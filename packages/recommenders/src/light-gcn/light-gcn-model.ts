import { createFactorModel, type Factors } from '../factors/factor-model.ts';
import { computeMeanUser } from '../factors/mean-user.ts';
import type { RecommenderModel } from '../fitted/recommender-model.ts';

/** What `createLightGcnModel` is made of. */
export interface LightGcnModelOptions {
  /** Final embeddings of users and items. Rows of users without interactions may hold anything. */
  readonly factors: Factors;
  /** What each item gives to a neighbour through the last layer, `Float32Array [items, dimensions]`. */
  readonly messages: Float32Array;
  /** Of what was learned from, `Int32Array [users + 1]`. */
  readonly starts: Int32Array;
}

/** Scores by dot products of final embeddings; new people are folded in by their items' messages. */
export function createLightGcnModel({ factors, messages, starts }: LightGcnModelOptions): RecommenderModel {
  const { dimensions, items } = factors;
  const meanUser = computeMeanUser(factors, starts);
  const users = factors.users.slice();
  for (let user = 0; user < starts.length - 1; user++) {
    if (starts[user] === starts[user + 1]) users.set(meanUser, user * dimensions);
  }
  return createFactorModel({
    dimensions,
    users,
    items,
    arrays: { messages },
    foldIn(history) {
      const vector = new Float32Array(dimensions);
      const factor = 1 / Math.sqrt(history.length);
      for (const item of history) {
        const row = item * dimensions;
        for (let column = 0; column < dimensions; column++) vector[column]! += factor * messages[row + column]!;
      }
      // Items that nobody had give nothing.
      return vector.every((value) => value === 0) ? meanUser : vector;
    },
  });
}
