// Synthetic worlds
export { type LatentType, latentTypes } from './worlds/latent-type.ts';
export {
  createWorld,
  type UserRange,
  type World,
  type WorldOptions,
  type WorldPreset,
  worldPresets,
} from './worlds/world.ts';
export { type WeakWording, type WeakWordings, weakWordings } from './worlds/weak-wordings.ts';

// What a simulated model knows
export {
  type AssociationOptions,
  createKnowledge,
  type Knowledge,
  type KnowledgeOptions,
  type KnownItem,
} from './knowledge/knowledge.ts';

// The simulated model and its manners
export { type Behaviour, behaviours, type SimulatorProfile } from './answering/behaviour.ts';
export type { SimulatedModelOptions } from './answering/simulated-model-options.ts';
export {
  SimulatedChatModel,
  type SimulatedChatModelCallOptions,
  type SimulatedChatModelParams,
} from './simulated-chat-model.ts';
export { createSimulatedTextModel, type SimulatedTextModelOptions } from './simulated-text-model.ts';

// What a call costs besides tokens
export type { SimulatedFaults } from './answering/call-faults.ts';
export type { SimulatedLatency } from './answering/call-latency.ts';
export { type SimulatedFailure, SimulatedProviderError } from './answering/simulated-provider-error.ts';
export type { SimulatedCallOptions } from './answering/simulated-service.ts';
export type { Wait } from './answering/wait.ts';

// Texts as vectors
export { createSimulatedEmbedder, type SimulatedEmbedderOptions } from './embedding/simulated-embedder.ts';

// The refiner role
export type { LengthLimit } from './refining/length-limit.ts';
export { type RewriteRequest, readRewriteRequest } from './refining/read-rewrite-request.ts';
export type { Rewrite, RewriteFault } from './refining/rewrite-fault.ts';
export { type RewriteManner, type RewriteOptions, sampleRewrite } from './refining/sample-rewrite.ts';
export type { Slot } from './refining/slots.ts';
