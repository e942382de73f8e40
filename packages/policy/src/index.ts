// The file

export { type AgentLogits, chooseActions, computeActionProbabilities } from './action-distribution.ts';
// The runtime
export { createPolicy, type FilePolicy } from './create-policy.ts';
export { decodePolicy, encodePolicy } from './policy-codec.ts';
export {
  type Activation,
  type AgentNetwork,
  createPolicyFile,
  type DenseLayer,
  type JsonObject,
  type JsonValue,
  type PolicyAgent,
  type PolicyFile,
  type PolicyFileDefect,
  PolicyFileError,
  type PolicyHeader,
  type StoredDenseLayer,
} from './policy-file.ts';
