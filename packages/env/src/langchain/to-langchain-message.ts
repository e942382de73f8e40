import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import type { TextMessage } from '@rppkit/spec';

/** A message of a prompt as LangChain has it. */
export function toLangChainMessage({ role, text }: TextMessage): BaseMessage {
  if (role === 'system') return new SystemMessage(text);
  return role === 'user' ? new HumanMessage(text) : new AIMessage(text);
}
