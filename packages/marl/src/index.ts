// Learners

// Collecting and training
export { type CollectedRollout, collectRollout } from './collect-rollout.ts';
export { createMaa2c, DisposedLearnerError, type Maa2c, type Maa2cState } from './maa2c.ts';
export type { Maa2cOptions } from './maa2c-options.ts';
export type { LearningSpace } from './rollout-batch.ts';
export type { Schedule } from './schedule.ts';
export { type TrainingProgress, train } from './train.ts';
