// Learners
export type { LearningSpace } from './learner/learning-space.ts';
export type { MarlLearner } from './learner/create-learner.ts';
export type { LearnerCapabilities } from './learner/algorithm.ts';
export type { LearnerState } from './learner/learner-state.ts';
export { DisposedLearnerError } from './learner/disposed-learner-error.ts';
export { NonFiniteGradientError } from './optimization/non-finite-gradient-error.ts';
export { createMaa2c, type Maa2cOptions } from './algorithms/maa2c.ts';
export type { ActorCriticOptions, GaeOptions } from './algorithms/actor-critic-options.ts';
export type { NetworkOptions } from './networks/agent-networks.ts';
export type { Schedule } from './optimization/schedule.ts';

// Collecting and training
export { type CollectedRollout, collectRollout } from './rollouts/collect-rollout.ts';
export { type TrainingProgress, train } from './training/train.ts';
