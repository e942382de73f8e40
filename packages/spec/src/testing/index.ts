// Conformance suites: vitest tests that every implementation of a seam runs, ours and third parties'
export { describeEncoder, type EncoderConformanceOptions } from './describe-encoder.ts';
export { describeLearner, type LearnerConformanceOptions } from './describe-learner.ts';
export { describeTextModel, type TextModelConformanceOptions } from './describe-text-model.ts';
export { describeVectorEnvironment, type VectorEnvironmentConformanceOptions } from './describe-vector-environment.ts';
