// Asking and judging prompts
export type { AnswerSource, PromptTrial, TrialAnswers } from './answers/answer-source.ts';
export { createModelSource, type ModelSourceOptions } from './answers/create-model-source.ts';
export {
  type EvaluatePromptsOptions,
  evaluatePrompts,
  type PromptAsking,
  type PromptEvaluation,
} from './evaluate-prompts.ts';
export {
  type AskRandomPromptsOptions,
  askRandomPrompts,
  type RandomPromptAnswers,
  sampleJointAction,
} from './random-prompts.ts';

// Response tables
export { createTableSource, type TableSourceOptions } from './tables/create-table-source.ts';
export type { TableExtent } from './tables/create-table.ts';
export { fromResponseTable, type TableEnvironmentOptions } from './tables/from-response-table.ts';
export type { TableStepInfo } from './tables/table-step-info.ts';
export {
  type PlanResponseTableOptions,
  planResponseTable,
  type ResponseTablePlan,
} from './tables/plan-response-table.ts';
export {
  type RecordingProgress,
  type RecordResponseTableOptions,
  recordResponseTable,
} from './tables/record-response-table.ts';
export type { ResponseJournal } from './tables/response-journal.ts';
export {
  type EntryStatus,
  entryStatuses,
  type ResponseTable,
  type ResponseTableManifest,
  type TableTask,
} from './tables/response-table.ts';
export { type ResponseTableDefect, ResponseTableError } from './tables/response-table-error.ts';
export { decodeResponseTable, encodeResponseTable } from './tables/table-codec.ts';
export { getTableEntry, type TableEntry } from './tables/table-entry.ts';

// Fixed prompts
export { createFixedPrompts, type FixedPromptsOptions } from './fixed-prompts/create-fixed-prompts.ts';
export type { FixedPrompt, FixedPromptName } from './fixed-prompts/fixed-prompt.ts';
export {
  createSimilarUserExamples,
  type SimilarUserExamples,
  type SimilarUserExamplesOptions,
} from './fixed-prompts/similar-user-examples.ts';
export { createUserNeighbours, type UserNeighbour, type UserNeighbours } from './fixed-prompts/user-neighbours.ts';
export {
  type BestFixedPlan,
  type BestFixedPrompt,
  findBestFixedPrompt,
  planBestFixedPrompt,
} from './best-fixed-prompt.ts';

// Searchers
export type { FoundPrompts, FoundPromptsState, Searcher, SearchOptions } from './searchers/searcher.ts';
export { createRandomSearch, type RandomSearchOptions } from './searchers/random-search.ts';
export { createExhaustiveSearch, type ExhaustiveSearchOptions } from './searchers/exhaustive-search.ts';
export { createHalvingSearch } from './searchers/halving-search.ts';
export { createRacingSearch, type RacingSearchOptions } from './searchers/racing-search.ts';
export { createSegmentSearch, type SegmentSearchOptions } from './searchers/segment-search.ts';
export { createSequenceSearch, type SequenceSearchOptions } from './searchers/sequence-search.ts';
export { createEnsembleSearch, type EnsembleSearchOptions } from './searchers/ensemble-search.ts';
export { NoAnswersError } from './searchers/no-answers-error.ts';

// Bandits
export type { Bandit, BanditActOptions, BanditSpace, RewardModelOptions } from './bandits/bandit.ts';
export { type BanditSearcherOptions, createBanditSearcher } from './bandits/bandit-searcher.ts';
export { createEpsilonGreedyBandit, type EpsilonGreedyOptions } from './bandits/epsilon-greedy.ts';
export { createLinUcbBandit, type LinUcbOptions } from './bandits/lin-ucb.ts';
export { createRidgeBandit, type RidgeBanditOptions } from './bandits/ridge-bandit.ts';
export { createSquareCbBandit, type SquareCbOptions } from './bandits/square-cb.ts';
export { createThompsonBandit, type ThompsonOptions } from './bandits/thompson.ts';

// What was found
export { loadFoundPrompts, type LoadFoundPromptsOptions } from './searchers/load-found-prompts.ts';
export {
  evaluateFoundPrompts,
  type EvaluateFoundPromptsOptions,
  type FoundPromptsEvaluation,
} from './searchers/evaluate-found-prompts.ts';

// Bounds and controls
export { type ReadRewardCubeOptions, type RewardCube, readRewardCube } from './bounds/reward-cube.ts';
export { type BoundRow, type Bounds, type ComputeBoundsOptions, computeBounds } from './bounds/compute-bounds.ts';
export type { CrossFitChoicesOptions } from './bounds/cross-fit-choices.ts';
export type { FoundBound } from './bounds/found-bounds.ts';
export { renderBounds } from './bounds/render-bounds.ts';
export { type ContextOracle, type FitContextOracleOptions, fitContextOracle } from './bounds/context-oracle.ts';
export { type FitRewardModelOptions, fitRewardModel, type RewardModel } from './bounds/reward-model.ts';
export { type SwapPromptsOptions, swapPrompts } from './bounds/swap-prompts.ts';

// Effects of prompts
export {
  type ComputeEffectsOptions,
  computeEffects,
  type ExpressionEffect,
  type PatternEffects,
  type PromptEffects,
} from './bounds/compute-effects.ts';
export type { PairShare } from './bounds/pair-shares.ts';
export {
  createDriftGroups,
  createHistoryLengthGroups,
  createPopularityGroups,
  createTercileGroups,
  type TaskGrouping,
} from './bounds/task-groups.ts';

// The verdict
export {
  computeHeadroom,
  type Headroom,
  type HeadroomOptions,
  type HeadroomVerdict,
} from './headroom/compute-headroom.ts';
export { type InteractionTest, type InteractionTestOptions, testInteraction } from './headroom/interaction-test.ts';
export { computeTableHeadroom, type TableHeadroom, type TableHeadroomOptions } from './headroom/table-headroom.ts';
export {
  type HeadroomLookPlan,
  type PlanHeadroomLookOptions,
  planHeadroomLook,
} from './headroom/plan-headroom-look.ts';
export { type HeadroomLook, type LookForHeadroomOptions, lookForHeadroom } from './headroom/look-for-headroom.ts';
export type { MainEffect } from './headroom/main-effects.ts';
export { renderHeadroom, renderHeadroomPlan } from './headroom/render-headroom.ts';

// Off-policy evaluation
export type { LoggedPrompt } from './off-policy/logged-prompt.ts';
export { createPromptLog, type PromptLog, type PromptLogOptions } from './off-policy/prompt-log.ts';
export {
  type LoggedStepInfo,
  type ReadPromptLogOptions,
  readPromptLog,
  type TaskPromptLog,
} from './off-policy/read-prompt-log.ts';
export {
  createFactoredTarget,
  createJointTarget,
  type FactoredTargetOptions,
  type JointTargetOptions,
  type PromptTarget,
} from './off-policy/prompt-target.ts';
export { createPolicyTarget, type PolicyTargetOptions, type ProbabilityPolicy } from './off-policy/policy-target.ts';
export type { GroupInterval } from './off-policy/group-interval.ts';
export type {
  OffPolicyEstimate,
  OffPolicyEstimatorName,
  OffPolicyFlag,
  OffPolicyOptions,
} from './off-policy/off-policy-estimate.ts';
export { computeInversePropensity } from './off-policy/inverse-propensity.ts';
export { computeSelfNormalized } from './off-policy/self-normalized.ts';
export { computeDirectMethod } from './off-policy/direct-method.ts';
export { computeDoublyRobust } from './off-policy/doubly-robust.ts';
export { computePseudoInverse } from './off-policy/pseudo-inverse.ts';
export {
  type CrossFitOptions,
  crossFitRewards,
  type FitRewards,
  type RewardPredictions,
  type RewardPredictor,
} from './off-policy/cross-fit-rewards.ts';
export { createRidgeFit, type RidgeFitOptions } from './off-policy/ridge-rewards.ts';
export {
  type EvaluateOffPolicyOptions,
  evaluateOffPolicy,
  type OffPolicyEvaluation,
} from './off-policy/evaluate-off-policy.ts';
export { renderOffPolicy } from './off-policy/render-off-policy.ts';
