import { InvalidArgumentError } from '@rppkit/spec';
import { createFittedRecommender } from '../fitted/create-fitted-recommender.ts';
import { createLearnedUsers } from '../fitted/create-learned-users.ts';
import type { LoadedState } from '../fitted/loaded-state.ts';
import type { RecommenderModel } from '../fitted/recommender-model.ts';
import { assertPositive } from '../options/number-checks.ts';
import type { Recommender } from '../recommender.ts';

export interface PopularityOptions {
  /** Days before the newest interaction at which one counts half, finite and above 0. Default: all count alike. */
  readonly halfLifeDays?: number;
}

const secondsPerDay = 86_400;

/**
 * Scores an item by how many users had it, 0 where it never learned from it; with `halfLifeDays` recent interactions count more, and its name is
 * `recent-popularity`. `fit` then rejects with `InvalidArgumentError` for interactions without times.
 */
export function createPopularity({ halfLifeDays }: PopularityOptions = {}): Recommender {
  if (halfLifeDays !== undefined) assertPositive({ halfLifeDays });
  const name = halfLifeDays === undefined ? 'popularity' : 'recent-popularity';
  return {
    name,
    async fit(interactions, { signal }) {
      signal?.throwIfAborted();
      const learned = createLearnedUsers(interactions);
      const weigh = halfLifeDays === undefined ? () => 1 : createDecay(interactions.time, halfLifeDays);
      const sums = new Float64Array(learned.items.length);
      for (const [entry, item] of learned.item.entries()) sums[item]! += weigh(entry);
      return createFittedRecommender(name, learned, createModel(Float32Array.from(sums)));
    },
  };
}

/** A saved model. Throws `InvalidArgumentError`, which names the field, for a state that is not whole. */
export function loadPopularity({ learned, floats }: LoadedState): RecommenderModel {
  return createModel(floats('counts', learned.items.length));
}

function createModel(counts: Float32Array): RecommenderModel {
  return {
    settings: {},
    arrays: { counts },
    score(_, items, output) {
      for (let index = 0; index < items.length; index++) output[index] = counts[items[index]!]!;
    },
    scoreUnknown: () => 0,
  };
}

function createDecay(time: Float64Array | undefined, halfLifeDays: number): (entry: number) => number {
  if (time === undefined) {
    const advice = 'Leave halfLifeDays out to count all interactions alike.';
    throw new InvalidArgumentError('interactions.time', 'present where halfLifeDays is given', time, advice);
  }
  const newest = time.reduce((latest, value) => Math.max(latest, value), Number.NEGATIVE_INFINITY);
  return (entry) => 2 ** ((time[entry]! - newest) / (secondsPerDay * halfLifeDays));
}
