// Rankings
export { type AverageRanksOptions, averageRanks } from './average-ranks.ts';
export { type IndexedRankings, indexRankings } from './index-rankings.ts';
// Agreement
export { kendallTauB } from './kendall-tau-b.ts';
export { type RankBiasedOverlapOptions, rankBiasedOverlap } from './rank-biased-overlap.ts';
export { spearmanCorrelation } from './spearman-correlation.ts';
// Fusion
export type { FusionMissing } from './fused-ranking.ts';
export { type BordaOptions, fuseByBorda } from './fuse-by-borda.ts';
export { type CopelandOptions, fuseByCopeland } from './fuse-by-copeland.ts';
export { fuseByMedianRank, type MedianRankOptions } from './fuse-by-median-rank.ts';
export { fuseByReciprocalRank, type ReciprocalRankFusionOptions } from './fuse-by-reciprocal-rank.ts';
