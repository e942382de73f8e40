import type { RecommenderState } from '../fitted/recommender-state.ts';
import type { TrainingInteractions } from '../interactions/training-interactions.ts';
import type { FitOptions, FittedRecommender, Recommender } from '../recommender.ts';

/** A recommender and what the checks try it on. */
export interface RecommenderSubject {
  readonly create: () => Recommender;
  readonly load: (state: RecommenderState) => FittedRecommender;
  readonly seeded: boolean;
  readonly personal: boolean;
  readonly interactions: TrainingInteractions;
}

/** A part of the contract; `run` rejects where the subject breaks it. */
export interface RecommenderCheck {
  readonly name: string;
  run(subject: RecommenderSubject): Promise<void>;
}

/** Fits a fresh recommender of the subject, with one and the same seed unless another is given. */
export function fitSubject(
  { create, interactions }: Pick<RecommenderSubject, 'create' | 'interactions'>,
  options: Partial<FitOptions> = {},
): Promise<FittedRecommender> {
  return create().fit(interactions, { seed: 7, ...options });
}
