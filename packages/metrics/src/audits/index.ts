// The position of the relevant item in the prompt
export {
  type NdcgByPosition,
  type NdcgByPositionOptions,
  ndcgByPosition,
  type PositionMean,
} from './ndcg-by-position.ts';
export { type PositionBiasTest, type PositionBiasTestOptions, positionBiasTest } from './position-bias-test.ts';
// The order of the candidates in the prompt
export {
  type PermutationAgreement,
  type PermutationAgreementOptions,
  permutationAgreement,
} from './permutation-agreement.ts';
// Popularity and groups of candidates
export { exposureByGroup, type GroupExposure } from './exposure-by-group.ts';
export { type PopularityTilt, popularityTilt } from './popularity-tilt.ts';
