// Samples

// Intervals
export {
  type BootstrapMeanIntervalOptions,
  bootstrapMeanInterval,
  type MeanInterval,
} from './bootstrap-mean-interval.ts';
// Distributions
export { normalCdf, normalQuantile } from './normal.ts';
// Paired tests
export type { Alternative } from './paired-differences.ts';
export { pairedDifferences } from './paired-differences.ts';
export {
  type PairedRandomizationTest,
  type PairedRandomizationTestOptions,
  pairedRandomizationTest,
} from './paired-randomization-test.ts';
export { type PairedTTest, type PairedTTestOptions, pairedTTest } from './paired-t-test.ts';
export { mean, standardDeviation } from './sample-moments.ts';
export { studentTCdf, studentTTwoSidedP, studentTUpperTail } from './student-t.ts';
