// Conformance suite: vitest tests that every recommender runs, ours and third parties'
export { describeRecommender, type RecommenderConformanceOptions } from './describe-recommender.ts';
export { createExampleInteractions } from './example-interactions.ts';
