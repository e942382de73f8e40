// Models for tests
export { createScriptedModel, type ScriptedAnswer, type ScriptedModel } from './scripted-model.ts';
export {
  createTimedModel,
  type TimedModel,
  type TimedModelOptions,
  type TimedOutcome,
  type TimedRequest,
} from './timed-model.ts';
export { createManualClock, type ManualClock } from './manual-clock.ts';
// A local server that speaks the chat protocols of OpenAI, Anthropic and Ollama
export type { ChatAnswer, ChatProtocolName } from './chat-protocol.ts';
export {
  type ChatServer,
  type ChatServerAnswer,
  type ChatServerFault,
  type ChatServerOptions,
  type ChatServerRequest,
  startChatServer,
} from './start-chat-server.ts';
// A corpus of model outputs, and how well a parser reads it
export { type ParserCase, type ParserExpectation, readParserCorpus } from './parser-corpus.ts';
export { computeParserFigures, isAsExpected, type ParserFigures } from './parser-figures.ts';
