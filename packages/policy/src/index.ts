// The file
export {
  type Activation,
  type AgentNetwork,
  createPolicyFile,
  type DenseLayer,
  type PolicyAgent,
  type PolicyFile,
  type PolicyFileDefect,
  PolicyFileError,
  type PolicyHeader,
  type StoredDenseLayer,
} from './policy-file.ts';
export type { JsonObject, JsonValue } from './json-value.ts';
export { decodePolicy, encodePolicy } from './policy-codec.ts';

// The runtime
export { createPolicy, type FilePolicy } from './create-policy.ts';
export { type AgentLogits, chooseActions, computeActionProbabilities } from './action-distribution.ts';
