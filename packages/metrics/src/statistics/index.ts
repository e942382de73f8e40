// Samples
export { interquartileMean } from './interquartile-mean.ts';
export { pairedDifferences } from './paired-differences.ts';
export { mean, standardDeviation } from './sample-moments.ts';

// Paired tests
export { type ExactRandomizationTestOptions, exactRandomizationTest } from './exact-randomization-test.ts';
export type { Alternative } from './paired-differences.ts';
export {
  type PairedRandomizationTest,
  type PairedRandomizationTestOptions,
  pairedRandomizationTest,
} from './paired-randomization-test.ts';
export { type PairedTTest, type PairedTTestOptions, pairedTTest } from './paired-t-test.ts';
export {
  type WilcoxonSignedRankTest,
  type WilcoxonSignedRankTestOptions,
  wilcoxonSignedRankTest,
  type ZeroRule,
} from './wilcoxon-signed-rank-test.ts';

// Many tests at once
export { adjustByBenjaminiHochberg } from './adjust-by-benjamini-hochberg.ts';
export { adjustByHolm } from './adjust-by-holm.ts';

// Intervals
export {
  type BootstrapMeanIntervalOptions,
  bootstrapMeanInterval,
  type MeanInterval,
} from './bootstrap-mean-interval.ts';
export {
  type BootstrapTwoLevelIntervalOptions,
  bootstrapTwoLevelInterval,
  type TwoLevelDesign,
  type TwoLevelInterval,
} from './bootstrap-two-level-interval.ts';
export { type StudentMeanIntervalOptions, studentMeanInterval } from './student-mean-interval.ts';

// Effect sizes
export { cliffsDelta } from './cliffs-delta.ts';
export { pairedCohensD } from './paired-cohens-d.ts';
export { probabilityOfImprovement } from './probability-of-improvement.ts';

// Planning
export { type MinimumDetectableEffectOptions, minimumDetectableEffect } from './minimum-detectable-effect.ts';
export { type PairedTTestDesign, type PairedTTestPowerOptions, pairedTTestPower } from './paired-t-test-power.ts';
export { type RequiredUsersOptions, requiredUsers } from './required-users.ts';

// Distributions
export { normalCdf, normalQuantile } from './normal.ts';
export { studentTCdf, studentTTwoSidedP, studentTUpperTail } from './student-t.ts';
export { studentTQuantile } from './student-t-quantile.ts';
