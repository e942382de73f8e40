// The file
export {
  type Activation,
  type AgentNetwork,
  createPolicyFile,
  type DenseLayer,
  type PairScores,
  type PolicyAgent,
  type PolicyFile,
  type PolicyFileDefect,
  PolicyFileError,
  type PolicyHeader,
  type StoredDenseLayer,
  type StoredPairScores,
} from './policy-file.ts';
export type { JsonObject, JsonValue } from './json-value.ts';
export { decodePolicy, encodePolicy } from './policy-codec.ts';

// The runtime
export { createPolicy, type FilePolicy } from './create-policy.ts';
export { type AgentLogits, chooseActions, computeActionProbabilities } from './action-distribution.ts';

// Choosing together
export { computePairSums, expandJointSums, type JointPair } from './joint-scores.ts';
export { sampleActionChain } from './joint-distribution.ts';
