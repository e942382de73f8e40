// The file
export type { Activation, AgentLayer, DenseLayer, GruLayer, LayerNormLayer } from './agent-layers.ts';
export { createPolicyFile } from './create-policy-file.ts';
export type { JsonObject, JsonValue } from './json-value.ts';
export type { StoredDenseLayer, StoredGruLayer, StoredLayer, StoredLayerNormLayer } from './layers/stored-layer.ts';
export { decodePolicy, encodePolicy } from './policy-codec.ts';
export {
  type AgentNetwork,
  type PairScores,
  type PolicyAgent,
  type PolicyFile,
  type PolicyFileDefect,
  PolicyFileError,
  type PolicyHeader,
  type StoredPairScores,
} from './policy-file.ts';

// The runtime
export { createPolicy, type FilePolicy } from './create-policy.ts';
export { type AgentLogits, chooseActions, computeActionProbabilities } from './action-distribution.ts';

// Choosing together
export { computePairSums, expandJointSums, type JointPair } from './joint-scores.ts';
export { sampleActionChain } from './joint-distribution.ts';
