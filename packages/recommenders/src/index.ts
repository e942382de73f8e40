// Recommenders
export { createRandomRecommender } from './random-recommender.ts';
export { createPopularity, type PopularityOptions } from './popularity/popularity.ts';
export { type Bm25Options, createBm25 } from './bm25/bm25.ts';
export { createItemKnn, type ItemKnnOptions } from './item-knn/item-knn.ts';
export { type AlsOptions, createAls } from './als/als.ts';
export { type BprOptions, createBpr } from './bpr/bpr.ts';
export { createSpectralEmbedding, type SpectralEmbeddingOptions } from './spectral/spectral-embedding.ts';
export { createLightGcn, type LightGcnOptions } from './light-gcn/light-gcn.ts';

// What they learn from
export {
  createSplitInteractions,
  type SplitPart,
} from './interactions/split-interactions.ts';
export { createTaskInteractions, type TaskInteractionsOptions } from './interactions/task-interactions.ts';
export type { TrainingInteractions } from './interactions/training-interactions.ts';

// Fitting, scoring, saving
export type {
  FitOptions,
  FitProgress,
  FittedRecommender,
  Recommendation,
  RecommendationRequest,
  Recommender,
} from './recommender.ts';
export type { ModelSettings, RecommenderState } from './fitted/recommender-state.ts';
export type { SavedArray } from './fitted/saved-array.ts';
export { loadRecommender } from './load-recommender.ts';

// Scorers that learn nothing or little
export { type AttributeScorerOptions, createAttributeScorer } from './attribute-scorer.ts';
export { type ControlScorerOptions, fitControlScorers } from './fit-control-scorers.ts';
export { createChanceScorer } from './chance-scorer.ts';

// Evaluation
export {
  evaluateRanking,
  type RankingEvaluation,
  type RankingEvaluationOptions,
} from './evaluation/evaluate-ranking.ts';

// Tuning
export {
  type EarlyStoppedFit,
  type EarlyStoppingOptions,
  fitWithEarlyStopping,
} from './tuning/fit-with-early-stopping.ts';
export {
  type HyperparameterRange,
  type HyperparameterSearchOptions,
  type Hyperparameters,
  searchHyperparameters,
  type Trial,
} from './tuning/search-hyperparameters.ts';
