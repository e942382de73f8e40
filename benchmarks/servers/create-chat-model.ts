import { ChatOpenAI } from '@langchain/openai';
import { fromLangChain } from '@rppkit/env/langchain';
import type { TextModel } from '@rppkit/spec';

/** `ChatOpenAI` at a local server. One place retries and limits: the wrappers around the model. */
export function createChatModel(url: string): TextModel {
  const chat = new ChatOpenAI({ model: 'local', apiKey: 'none', maxRetries: 0, configuration: { baseURL: url } });
  return fromLangChain(chat, { id: 'local' });
}
