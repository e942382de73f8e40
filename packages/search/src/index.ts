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

// Fixed prompts
export {
  type BestFixedPlan,
  type BestFixedPrompt,
  findBestFixedPrompt,
  planBestFixedPrompt,
} from './best-fixed-prompt.ts';

// Searchers
export type { FoundPrompts, FoundPromptsState, Searcher, SearchOptions } from './searchers/searcher.ts';

// Bounds and controls
export { type ContextOracle, type FitContextOracleOptions, fitContextOracle } from './context-oracle.ts';
export { type FitRewardModelOptions, fitRewardModel, type RewardModel } from './reward-model.ts';
export { type SwapPromptsOptions, swapPrompts } from './swap-prompts.ts';

// The verdict
export { computeHeadroom, type Headroom, type HeadroomOptions, type HeadroomVerdict } from './headroom.ts';
export { type InteractionTest, type InteractionTestOptions, testInteraction } from './interaction-test.ts';
