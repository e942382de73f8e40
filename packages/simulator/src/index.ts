// Synthetic worlds
export { type LatentType, latentTypes } from './worlds/latent-type.ts';
export { createWorld, type World, type WorldOptions, type WorldPreset } from './worlds/world.ts';

// What a simulated model knows
export { createKnowledge, type Knowledge, type KnowledgeOptions, type KnownItem } from './knowledge/knowledge.ts';

// The simulated model and its manners
export type { SimulatedModelOptions } from './answering/answer-sampler.ts';
export { type Behaviour, behaviours, type SimulatorProfile } from './answering/behaviour.ts';
export {
  SimulatedChatModel,
  type SimulatedChatModelCallOptions,
  type SimulatedChatModelParams,
} from './simulated-chat-model.ts';
export { createSimulatedTextModel } from './simulated-text-model.ts';
