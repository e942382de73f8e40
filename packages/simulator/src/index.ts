// Synthetic worlds
export { type LatentType, latentTypes } from './latent-type.ts';
export { createWorld, type World, type WorldOptions, type WorldPreset } from './world.ts';

// What a simulated model knows
export { createKnowledge, type Knowledge, type KnowledgeOptions, type KnownItem } from './knowledge.ts';

// The simulated model and its manners
export type { SimulatedModelOptions } from './answer-sampler.ts';
export { type Behaviour, behaviours, type SimulatorProfile } from './behaviour.ts';
export {
  SimulatedChatModel,
  type SimulatedChatModelCallOptions,
  type SimulatedChatModelParams,
} from './simulated-chat-model.ts';
export { createSimulatedTextModel } from './simulated-text-model.ts';
