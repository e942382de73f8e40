// Environment
export {
  createRecommendationEnvironment,
  type RecommendationEnvironmentOptions,
} from './recommendation-environment.ts';
export type { RecommendationEnvironment, RecommendationEnvironmentState } from './environment-interface.ts';
export type { RankingStepInfo } from './episode.ts';
export type { InsteadAnswer, InsteadRequest } from './ask-instead.ts';
export type { ComingRound, Reword } from './reword.ts';
export {
  computeAnswerScore,
  computeGains,
  computeRankingsScore,
  computeReward,
  type EpisodeValue,
  type GivenAnswer,
  type JudgingOptions,
  type Objective,
  type RewardMetric,
  type RewardOptions,
} from './reward.ts';
// Environments of one's own
export { assertJudgedTasks, transposeLogProbabilities } from './environment-checks.ts';
export { createScorerRewards, type ScorerRewards } from './scorer-rewards.ts';
export { sampleTasks } from './sample-tasks.ts';
export { createStepLock, type StepLock } from './step-lock.ts';
// Asking
export { type AggregateRankingsOptions, aggregateRankings } from './aggregate-rankings.ts';
export type { AskedOrder } from './ask-orders.ts';
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
export { fromAiSdk, type FromAiSdkOptions } from './ai-sdk/from-ai-sdk.ts';
export type {
  AiSdkCallOptions,
  AiSdkLanguageModel,
  AiSdkMessage,
  AiSdkResult,
  AiSdkTokens,
} from './ai-sdk/ai-sdk-language-model.ts';
export { fromFunction, type FromFunctionOptions } from './text-models/from-function.ts';
export { type ModelParameters, renderModelId } from './text-models/render-model-id.ts';
export { classifyProviderError, type ClassifyProviderErrorOptions } from './text-models/classify-provider-error.ts';
export { type Clock, systemClock } from './text-models/clock.ts';
// Wrappers of text models
export { type GuardTextModelOptions, guardTextModel } from './text-models/guard-text-model.ts';
export {
  computeStoreKey,
  createMemoryStore,
  type ResponseStore,
  withResponseStore,
} from './text-models/with-response-store.ts';
export { type RetryOptions, type RetryRecord, withRetry } from './text-models/with-retry.ts';
export { withConcurrencyLimit } from './text-models/with-concurrency-limit.ts';
export { type AdaptiveConcurrencyOptions, withAdaptiveConcurrency } from './text-models/with-adaptive-concurrency.ts';
export { type RateLimitOptions, withRateLimit } from './text-models/with-rate-limit.ts';
export type { CountTokens } from './text-models/estimate-request-tokens.ts';
export {
  type Budget,
  type BudgetedCall,
  type BudgetOptions,
  type BudgetRemaining,
  type BudgetSpent,
  createBudget,
  type TokenPrices,
} from './text-models/budget.ts';
export { type WithBudgetOptions, withBudget } from './text-models/with-budget.ts';
export { type TimeoutOptions, withTimeout } from './text-models/with-timeout.ts';
export { type CallRecord, withCallObserver } from './text-models/with-call-observer.ts';
// Recording and replay
export type { RecordedCall, RecordedFailure } from './text-models/recorded-call.ts';
export { withRecording } from './text-models/with-recording.ts';
export { createReplayModel, type ReplayModelOptions } from './text-models/create-replay-model.ts';
export type { RequestIdentity } from './text-models/request-identity.ts';

// Encoders
export {
  computeObservationLayout,
  computeObservationSize,
  encodeObservation,
  prepareEncoders,
} from './encoders/encoder.ts';
export { type RestoreEncoderOptions, restoreEncoder } from './encoders/restore-encoder.ts';
export {
  createHistoryStatistics,
  fitHistoryStatistics,
  type HistoryStatisticsState,
  historyStatisticNames,
} from './encoders/history-statistics.ts';
export {
  createHistoryEmbedding,
  fitHistoryEmbedding,
  type HistoryEmbeddingOptions,
  type HistoryEmbeddingState,
} from './encoders/history-embedding.ts';
export {
  createUserEmbedding,
  fitUserEmbedding,
  type NewUserFallback,
  type UserEmbeddingOptions,
  type UserEmbeddingState,
} from './encoders/user-embedding.ts';
export { createTextEmbedding, type TextEmbeddingOptions, type TextEmbeddingState } from './encoders/text-embedding.ts';
export { createHashedText, type HashedTextOptions, type HashedTextState } from './encoders/hashed-text.ts';
export type { TextSource, TextSourceOptions } from './encoders/text-source.ts';
export {
  createLastAnswer,
  createLastPrompt,
  createLastRoundEncoders,
  createRound,
  type LastAnswerState,
  type LastPromptState,
  type RoundState,
} from './encoders/last-round.ts';
export {
  createLastRanking,
  createRankedPositions,
  type LastRankingOptions,
  type LastRankingState,
  type RankedPositionsOptions,
  type RankedPositionsState,
} from './encoders/last-ranking.ts';
export {
  createHashedItemEmbedding,
  fitItemEmbedding,
  type ItemEmbedding,
  type ItemEmbeddingOptions,
  type ItemEmbeddingState,
  restoreItemEmbedding,
} from './encoders/item-embedding.ts';
export { computeTableState, createEmbeddingTable, type EmbeddingTableState } from './encoders/embedding-table.ts';
export type { Standardization } from './encoders/standardization.ts';

// Serving
export {
  createPromptPolicyFile,
  openPromptPolicy,
  type PromptPolicy,
  type PromptPolicyParts,
} from './prompt-policy.ts';
export {
  choosePrompts,
  observeTasks,
  type PersonalizeOptions,
  type PersonalPrompt,
  personalize,
} from './personalize.ts';
export type { AnsweredRound } from './describe-round.ts';
