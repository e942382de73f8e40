// Tasks and items
export type {
  EmbeddingTable,
  HistoryEntry,
  Item,
  JudgedTask,
  RankingTask,
  Scorer,
  TextEmbedder,
} from './ranking-task.ts';
export { type PresentedTask, presentTask } from './candidate-order.ts';

// Text models and their answers
export type {
  CallPurpose,
  FinishReason,
  TextMessage,
  TextModel,
  TextRequest,
  TextResponse,
  TextUsage,
} from './text-model.ts';
export { TextModelError, type TextModelErrorOptions, type TextModelFailure } from './text-model-error.ts';
export type { InvalidAnswer, InvalidReason, ParsedRanking, RankedAnswer, RankingStrategy } from './parsed-ranking.ts';

// Environments, policies and learners
export type {
  ActionMasks,
  JointActions,
  ObservationBlock,
  StepOptions,
  VectorEnvironment,
  VectorStep,
} from './vector-environment.ts';
export type { Encoder, EncoderContext, EncoderState, LastRound } from './encoder.ts';
export type { ActOptions, Learner, Policy, PolicyActions, Rollout, RolloutStep, UpdateMetrics } from './learner.ts';

// Randomness
export { createRandomStream, type RandomStream, type RandomStreamState, restoreRandomStream } from './random-stream.ts';
export { sampleDerangement, sampleDistinct, sampleIndex, samplePermutation } from './sampling.ts';

// Errors
export { describeValue, InvalidArgumentError, RppError } from './rpp-error.ts';
