// Environment
export {
  createRecommendationEnvironment,
  type RankingStepInfo,
  type RecommendationEnvironmentOptions,
} from './recommendation-environment.ts';
export { computeAnswerNdcg, computeGains, computeReward, type RewardOptions } from './reward.ts';
// Asking
export {
  type AskAllOptions,
  type AskOptions,
  askRanking,
  askRankings,
  type RankingAnswer,
  type RankingRequest,
} from './ask-ranking.ts';
export { type ParseOptions, parseRanking } from './parser/parse-ranking.ts';
// Text models
export { createFunctionModel, type FunctionModelOptions } from './text-models/create-function-model.ts';
export { estimateTokens } from './text-models/estimate-tokens.ts';
export { type CallRecord, withCallObserver } from './text-models/with-call-observer.ts';
export { withConcurrencyLimit } from './text-models/with-concurrency-limit.ts';
export {
  computeStoreKey,
  createMemoryStore,
  type ResponseStore,
  withResponseStore,
} from './text-models/with-response-store.ts';
// Encoders
export {
  computeObservationLayout,
  computeObservationSize,
  type Encoder,
  type EncoderContext,
  encodeObservation,
} from './encoders/encoder.ts';
export {
  createHistoryStatistics,
  fitHistoryStatistics,
  type HistoryStatisticsState,
  historyStatisticNames,
} from './encoders/history-statistics.ts';
export {
  createLastAnswer,
  createLastPrompt,
  createLastRoundEncoders,
  createRound,
  type LastAnswerState,
  type LastPromptState,
  type RoundState,
} from './encoders/last-round.ts';
export { type EncoderState, restoreEncoder } from './encoders/restore-encoder.ts';
// Serving
export {
  choosePrompts,
  createPromptPolicyFile,
  observeTasks,
  openPromptPolicy,
  type PersonalPrompt,
  type PromptPolicy,
  type PromptPolicyParts,
  personalize,
} from './prompt-policy.ts';
