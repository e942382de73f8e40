import { ChatOpenAI } from '@langchain/openai';
import { fromLangChain } from '@rppkit/env/langchain';
import type { TextModel } from '@rppkit/spec';

/** `ChatOpenAI` at a local server, without retries of its own. */
export function createChatClient(url: string): ChatOpenAI {
  return new ChatOpenAI({ model: 'local', apiKey: 'none', maxRetries: 0, configuration: { baseURL: url } });
}

/** The same as a text model. One place retries and limits: the wrappers around the model. */
export function createChatModel(url: string): TextModel {
  return fromLangChain(createChatClient(url), { id: 'local' });
}
