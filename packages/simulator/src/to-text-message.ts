import type { BaseMessage } from '@langchain/core/messages';
import { InvalidArgumentError, type TextMessage } from '@rppkit/spec';

/** The result of a tool is something more that the model is told. */
const roles: ReadonlyMap<string, TextMessage['role']> = new Map([
  ['system', 'system'],
  ['human', 'user'],
  ['ai', 'assistant'],
  ['tool', 'user'],
]);

/**
 * A LangChain message as text; of an AI message only the text counts. Throws `InvalidArgumentError` for other types of message
 * and where a person, the system or a tool sends anything but text.
 */
export function toTextMessage(message: BaseMessage, index: number): TextMessage {
  const place = `messages[${index}]`;
  const type = message.getType();
  const role = roles.get(type);
  if (role === undefined) {
    throw new InvalidArgumentError(`the type of ${place}`, [...roles.keys()].join(', '), type);
  }
  const { content } = message;
  if (typeof content === 'string') return { role, text: content };
  if (role !== 'assistant') {
    const other = content.find((part) => part.type !== 'text');
    if (other !== undefined)
      throw new InvalidArgumentError(`the content of ${place}`, "parts of type 'text'", other.type);
  }
  return { role, text: message.text };
}
