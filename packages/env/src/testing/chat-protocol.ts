import type { FinishReason, TextMessage } from '@rppkit/spec';

export type ChatProtocolName = 'openai' | 'anthropic' | 'ollama';

/** A JSON object, as a client sent it or as the server sends it. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What the protocols have in common of a request. */
export interface ReadChatRequest {
  readonly messages: readonly TextMessage[];
  /** Absent where the client sent none; Anthropic's protocol has none. */
  readonly seed?: number;
  /** The JSON schema of the wanted answer, however the client asked for it. */
  readonly responseSchema?: JsonObject;
}

/** What the protocols have in common of an answer. */
export interface ChatAnswer {
  readonly text: string;
  /** Default `stop`. */
  readonly finishReason?: FinishReason;
  /** Default: estimated from text length; `none`: the answer reports no usage. */
  readonly usage?: { readonly inputTokens: number; readonly outputTokens: number } | 'none';
}

/** A chat answer with nothing left to default but usage that is not reported. */
interface FullChatAnswer {
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | undefined;
  /** Number of the request, from 0. */
  readonly index: number;
}

interface RenderedBody {
  readonly contentType: string;
  readonly text: string;
}

/** One provider's wire format. */
export interface ChatProtocol {
  readonly name: ChatProtocolName;
  /** Path of the chat route. */
  readonly path: string;
  /** Why the server does not take a body with a model and messages, or undefined. */
  explainUnsupported(body: JsonObject): string | undefined;
  readRequest(body: JsonObject): ReadChatRequest;
  renderAnswer(body: JsonObject, answer: FullChatAnswer): RenderedBody;
  /** The protocol's error object for a status. */
  renderError(status: number, message: string): JsonObject;
}

/** True for what `JSON.parse` makes of `{…}`. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text of a message's content: a string, or the text parts of a list. */
export function readContentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content.map((part) => (isJsonObject(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('');
}

/** Messages in the form `{ role, content }`; other roles than those of a text message count as `user`. */
export function readMessages(messages: unknown): readonly TextMessage[] {
  return (messages as readonly JsonObject[]).map(({ role, content }) => ({
    role: role === 'system' || role === 'developer' ? 'system' : role === 'assistant' ? 'assistant' : 'user',
    text: readContentText(content),
  }));
}
