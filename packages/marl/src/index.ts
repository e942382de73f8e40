// Learners
export { createComa, type ComaOptions } from './algorithms/coma.ts';
export { createIa2c, type Ia2cOptions } from './algorithms/ia2c.ts';
export { createIppo, type IppoOptions } from './algorithms/ippo.ts';
export { createMaa2c, type Maa2cOptions } from './algorithms/maa2c.ts';
export { createMappo, type MappoOptions } from './algorithms/mappo.ts';
export { createQmix, type QmixOptions } from './algorithms/qmix.ts';
export { createRppLearner, type RppOptions } from './algorithms/rpp.ts';
export { createReference, type ReferenceOptions } from './algorithms/reference.ts';
export { createVdn, type VdnOptions } from './algorithms/vdn.ts';

// What they share
export type { ActorCriticOptions, GaeOptions } from './algorithms/actor-critic-options.ts';
export type { LearnerCapabilities } from './learner/algorithm.ts';
export type { LearnerState, SavedTensor } from './learner/learner-state.ts';
export type { LearningSpace } from './learner/learning-space.ts';
export type { MarlLearner } from './learner/create-learner.ts';
export type { NetworkOptions } from './networks/agent-networks.ts';
export type { PpoOptions } from './algorithms/ppo-options.ts';
export type { Schedule } from './optimization/schedule.ts';
export type { TargetUpdate } from './networks/target-network.ts';
export type { ValueOptions } from './algorithms/value-options.ts';
export { DisposedLearnerError } from './learner/disposed-learner-error.ts';
export { NonFiniteGradientError } from './optimization/non-finite-gradient-error.ts';

// Collecting and training
export type { Budget } from './training/budget.ts';
export { type CollectedRollout, collectRollout } from './rollouts/collect-rollout.ts';
export { type TrainableLearner, type TrainOptions, train } from './training/train.ts';
export type {
  EvaluationProgress,
  TrainingCallbacks,
  TrainingProgress,
  TrainingResult,
} from './training/training-callbacks.ts';
export { type EvaluationOptions, type EvaluationOutcome, evaluatePolicy } from './training/evaluate-policy.ts';
export type { EpisodeOutcomes } from './training/episode-outcomes.ts';
export type { BestEvaluation, EvaluationHistory, TrainingState } from './training/training-state.ts';
export { type Checkpoint, createCheckpoint } from './training/checkpoint.ts';
export { decodeCheckpoint, encodeCheckpoint } from './training/checkpoint-codec.ts';
export { type CheckpointDefect, CheckpointError } from './training/checkpoint-error.ts';
export { renderMetricsCsv } from './training/metrics-csv.ts';
export {
  createMarlEvalRecord,
  type MarlEvalEntry,
  type MarlEvalMetrics,
  type MarlEvalRecord,
  type MarlEvalRun,
  type MarlEvalRunEntries,
  type MarlEvalStep,
  renderMarlEvalJson,
} from './training/marl-eval-record.ts';
