// Scorers
export { createChanceScorer } from './chance-scorer.ts';
export { createPopularityScorer, type PopularityOptions } from './popularity-scorer.ts';
