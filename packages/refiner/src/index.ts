// Refining
export { createRefiner, type RefinerOptions } from './rewriting/create-refiner.ts';
export type { Evidence, Refinement, RefinementAttempt, Refiner, RefineRequest } from './rewriting/refinement.ts';
// Guards
export type { Guard, GuardOutcome, RejectionReason, Rewrite } from './guards/guard.ts';
export { createGuards, type GuardName, type GuardOptions } from './guards/guards.ts';
export { type GuardReport, runGuards } from './guards/run-guards.ts';
// Inline
export {
  createInlineRefinement,
  type InlineRefinement,
  type InlineRefinementOptions,
  type InlineRefinementState,
} from './inline/create-inline-refinement.ts';
// Growth
export { createGrowth, type Growth, type GrowthStep } from './growth/create-growth.ts';
export type { GrowthInput, GrowthOptions, RefineWhen } from './growth/growth-options.ts';
export type { Arm, Child, GrowthCounts, GrowthState } from './growth/lineage.ts';
// The test of children
export {
  addPair,
  computeBounds,
  judge,
  noPairs,
  type PairedStatistics,
  type SequentialTestOptions,
  type TestVerdict,
} from './growth/sequential-test.ts';
