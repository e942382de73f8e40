// Rankings
export type { CandidateRanking } from './candidate-ranking.ts';
// Plain objects
export { type Evaluation, evaluate, type UserRankings, type UserRelevance } from './evaluate.ts';
// Accuracy at k
export { hitRate } from './hit-rate.ts';
export { ndcg } from './ndcg.ts';
// Errors
export { NoRelevantItemError } from './no-relevant-item-error.ts';
export { type MetricName, type ParsedMetric, parseMetric } from './parse-metric.ts';
export { rankByScores } from './rank-by-scores.ts';
export { type MissingCandidates, type RankOrderOptions, rankOrder } from './rank-order.ts';
export { reciprocalRank } from './reciprocal-rank.ts';
