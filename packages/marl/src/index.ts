// Learners
export type { LearningSpace } from './learning-space.ts';
export { createMaa2c, DisposedLearnerError, type Maa2c } from './maa2c.ts';
export type { Maa2cOptions } from './maa2c-options.ts';
export type { Maa2cState } from './maa2c-state.ts';
export { NonFiniteGradientError } from './compute-clipped-gradients.ts';
export type { Schedule } from './schedule.ts';

// Collecting and training
export { type CollectedRollout, collectRollout } from './collect-rollout.ts';
export { type TrainingProgress, train } from './train.ts';
