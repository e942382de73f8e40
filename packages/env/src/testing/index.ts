// Models for tests

export type { OpenAiChatBody } from './openai-chat.ts';
// A local server that speaks the OpenAI chat protocol
export {
  type OpenAiServer,
  type OpenAiServerAnswer,
  type OpenAiServerFault,
  type OpenAiServerOptions,
  type OpenAiServerRequest,
  startOpenAiServer,
} from './openai-server.ts';
export {
  createScriptedModel,
  type ScriptedAnswer,
  type ScriptedModel,
} from './scripted-model.ts';
