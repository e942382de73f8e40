import { estimateTokens } from '../text-models/estimate-tokens.ts';

/** The body of `POST /v1/chat/completions`, as far as tests look at it. */
export interface OpenAiChatBody {
  readonly model: string;
  readonly messages: readonly {
    readonly role: string;
    readonly content: string | readonly { readonly text?: string }[];
  }[];
  readonly temperature?: number;
  readonly seed?: number;
  readonly stream?: boolean;
  readonly [field: string]: unknown;
}

/** Why a body is no chat request that the server takes, or undefined. */
export function explainInvalidBody(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return 'Expected a JSON object.';
  const { model, messages, stream } = body as Partial<OpenAiChatBody>;
  if (typeof model !== 'string') return 'Expected a model name.';
  if (!Array.isArray(messages) || messages.length === 0) return 'Expected at least one message.';
  return stream === true ? 'This server does not stream.' : undefined;
}

/** A `chat.completion` object; token counts are estimated from text length. */
export function createChatCompletion(
  body: OpenAiChatBody,
  text: string,
  index: number,
): Readonly<Record<string, unknown>> {
  const promptTokens = body.messages.reduce((sum, { content }) => sum + estimateTokens(readContent(content)), 0);
  const completionTokens = estimateTokens(text);
  return {
    id: `chatcmpl-${index}`,
    object: 'chat.completion',
    created: 0,
    model: body.model,
    choices: [
      { index: 0, message: { role: 'assistant', content: text, refusal: null }, logprobs: null, finish_reason: 'stop' },
    ],
    usage: {
      prompt_tokens: promptTokens,
      completion_tokens: completionTokens,
      total_tokens: promptTokens + completionTokens,
    },
  };
}

/** An error object of the protocol. */
export function createErrorBody(message: string, type: string): Readonly<Record<string, unknown>> {
  return { error: { message, type, param: null, code: null } };
}

function readContent(content: OpenAiChatBody['messages'][number]['content']): string {
  return typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('');
}
