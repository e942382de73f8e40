// Rankings
export type { CandidateRanking } from './candidate-ranking.ts';
export { breakTies, type TieOptions, type TieRule } from './break-ties.ts';
export { rankByScores } from './rank-by-scores.ts';
export { type MissingCandidates, type RankOrderOptions, rankOrder } from './rank-order.ts';

// Accuracy at k
export { averagePrecision } from './average-precision.ts';
export { averagePrecisionCapped } from './average-precision-capped.ts';
export { dcg } from './dcg.ts';
export { dcgBurges } from './dcg-burges.ts';
export { type ExpectedReciprocalRankOptions, expectedReciprocalRank } from './expected-reciprocal-rank.ts';
export { hitRate } from './hit-rate.ts';
export { ndcg } from './ndcg.ts';
export { ndcgBurges } from './ndcg-burges.ts';
export { precision } from './precision.ts';
export { type RankBiasedPrecisionOptions, rankBiasedPrecision } from './rank-biased-precision.ts';
export { recall } from './recall.ts';
export { reciprocalRank } from './reciprocal-rank.ts';

// Accuracy without a cut-off
export { auc } from './auc.ts';
export { type GroupedAucOptions, type GroupedScores, groupedAuc } from './grouped-auc.ts';
export { rPrecision } from './r-precision.ts';

// Many users
export { type EvaluateOptions, type Evaluation, evaluate } from './evaluate.ts';
export type { MetricName } from './metric-table.ts';
export { type ParsedMetric, parseMetric } from './parse-metric.ts';
export type { OmittedUsers, UserOptions } from './select-users.ts';
export type { KeyedValues } from './keyed-values.ts';
export type { UserRanking, UserRankings, UserRelevance } from './user-rankings.ts';

// Errors
export { NoRelevantItemError } from './no-relevant-item-error.ts';
