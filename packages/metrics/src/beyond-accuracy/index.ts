// Lists
export type { ItemList } from './item-list.ts';
export { topItems } from './top-items.ts';
// Concentration over all users
export { giniIndex } from './gini-index.ts';
export { itemCoverage } from './item-coverage.ts';
export { personalization } from './personalization.ts';
export { shannonEntropy } from './shannon-entropy.ts';
// Popularity and novelty of one list
export { averagePopularity } from './average-popularity.ts';
export { type NoveltyOptions, novelty } from './novelty.ts';
export { type PopularityGroup, type PopularityGroupsOptions, popularityGroups } from './popularity-groups.ts';
export { tailShare } from './tail-share.ts';
// Diversity of one list
export { cosineDistance } from './cosine-distance.ts';
export { type ItemDistance, intraListDiversity } from './intra-list-diversity.ts';
export { jaccardDistance } from './jaccard-distance.ts';
// Calibration against the history
export { type CalibrationDivergenceOptions, calibrationDivergence } from './calibration-divergence.ts';
export { popularityDeviation } from './popularity-deviation.ts';
export { popularityLift } from './popularity-lift.ts';
