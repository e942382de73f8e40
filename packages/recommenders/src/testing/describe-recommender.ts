import { describe, it } from 'vitest';
import type { RecommenderState } from '../fitted/recommender-state.ts';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';
import type { FittedRecommender, Recommender } from '../recommender.ts';
import { createExampleInteractions } from './example-interactions.ts';
import { recommenderChecks } from './recommender-checks.ts';

/** The recommender under test. */
export interface RecommenderConformanceOptions {
  /** Shown in the test report. */
  readonly name: string;
  /** A fresh recommender with hyper-parameters that fit the example in a second or two. */
  readonly create: () => Recommender;
  /** Restores what `save()` returned, such as `loadRecommender`. */
  readonly load: (state: RecommenderState) => FittedRecommender;
  /** True where another seed gives other scores; default false. */
  readonly seeded?: boolean;
  /** True where people with different histories get different scores; default true. */
  readonly personal?: boolean;
  /** What it learns from; default `createExampleInteractions()`. At least four users with two items each. */
  readonly interactions?: TrainingInteractions;
}

/**
 * Declares the conformance tests of `Recommender` for one implementation: the same seed gives the same bytes, whatever the
 * caller does to the interactions meanwhile; save and load, with any text as an id; cancellation, progress and snapshots;
 * scores of known and unknown people and items; recommendations; interactions with nothing in them; errors. Whether what it learned is good is for tests of its own.
 */
export function describeRecommender(options: RecommenderConformanceOptions): void {
  const { name, create, load, seeded = false, personal = true, interactions = createExampleInteractions() } = options;
  describe(`Recommender: ${name}`, () => {
    it.each(recommenderChecks.map((check) => [check.name, check] as const))('%s', async (_name, check) => {
      await check.run({ create, load, seeded, personal, interactions });
    });
  });
}
