import { AIMessage, type BaseMessage, HumanMessage, SystemMessage, type UsageMetadata } from '@langchain/core/messages';
import {
  createRandomStream,
  type FinishReason,
  InvalidArgumentError,
  type TextMessage,
  type TextModel,
  type TextRequest,
  type TextUsage,
} from '@rppkit/spec';
import { assertNotAborted } from '../text-models/assert-not-aborted.ts';
import { estimateTokens } from '../text-models/estimate-tokens.ts';
import { classifyLangChainError } from './classify-error.ts';

/** What `fromLangChain` needs of a chat model: any `BaseChatModel`, or what `initChatModel` returns. */
export interface LangChainChatModel {
  /** `options` holds `signal` and `seed`, where they are given. */
  invoke(messages: BaseMessage[], options: object): Promise<BaseMessage>;
}

export interface FromLangChainOptions {
  /**
   * Names provider, model and every parameter that changes answers (`openai:gpt-4o-mini temperature=0.2`); part of every
   * store key. It is asked for, not read from the model, because models list API keys among their parameters.
   */
  readonly id: string;
  /** `from-sample-index`: sends the call option `seed`, derived from the messages and the sample index. Default: no seed. */
  readonly seed?: 'from-sample-index';
  /** Milliseconds since any fixed moment, for `latencyMs`. Default: `performance.now`. */
  readonly clock?: () => number;
}

/**
 * A LangChain chat model as a text model. LangChain's own retries and limits stay as they are set on the model: set
 * `maxRetries` and `maxConcurrency` there, its defaults are 6 and unlimited. Rejects with `TextModelError`, and with
 * `InvalidArgumentError` for a request with `responseSchema`, which is not passed on.
 */
export function fromLangChain(
  model: LangChainChatModel,
  { id, seed, clock = () => performance.now() }: FromLangChainOptions,
): TextModel {
  return {
    id,
    async generate(request) {
      if (request.responseSchema !== undefined) {
        throw new InvalidArgumentError(
          'request.responseSchema',
          'absent',
          request.responseSchema,
          'Ask for JSON in the prompt.',
        );
      }
      const started = clock();
      const options: Record<string, unknown> = {};
      if (request.signal !== undefined) options['signal'] = request.signal;
      if (seed === 'from-sample-index') options['seed'] = computeSeed(request);
      let message: BaseMessage;
      try {
        assertNotAborted(request.signal);
        message = await model.invoke(request.messages.map(toLangChainMessage), options);
      } catch (error) {
        throw classifyLangChainError(error, { aborted: request.signal?.aborted === true });
      }
      const text = readText(message);
      return {
        text,
        usage: readUsage(message, request, text),
        cached: false,
        latencyMs: clock() - started,
        finishReason: readFinishReason(message),
      };
    },
  };
}

/** 31 bits that depend on every message and the sample index. */
function computeSeed(request: TextRequest): number {
  const text = request.messages.map((message) => `${message.role}\n${message.text}`).join('\n');
  return createRandomStream(text).split(request.sampleIndex).bits() >>> 1;
}

function toLangChainMessage({ role, text }: TextMessage): BaseMessage {
  if (role === 'system') return new SystemMessage(text);
  return role === 'user' ? new HumanMessage(text) : new AIMessage(text);
}

/** The text blocks of a message; blocks of other kinds (reasoning, images) are not part of the answer. */
function readText({ content }: BaseMessage): string {
  if (typeof content === 'string') return content;
  return content
    .map((block) => (block.type === 'text' && typeof block['text'] === 'string' ? block['text'] : ''))
    .join('');
}

function readUsage(message: BaseMessage, request: TextRequest, text: string): TextUsage {
  const { usage_metadata: usage } = message as { readonly usage_metadata?: UsageMetadata };
  // LangChain's own cache reports zeros; a prompt is never empty.
  if (usage !== undefined && usage.input_tokens > 0) {
    return { inputTokens: usage.input_tokens, outputTokens: usage.output_tokens, estimated: false };
  }
  const inputTokens = request.messages.reduce((sum, { text: part }) => sum + estimateTokens(part), 0);
  return { inputTokens, outputTokens: estimateTokens(text), estimated: true };
}

/** In lower case; providers differ in it. */
const finishReasons: ReadonlyMap<string, FinishReason> = new Map<string, FinishReason>([
  ['stop', 'stop'],
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['content_filter', 'content-filter'],
  ['refusal', 'content-filter'],
  ['safety', 'content-filter'],
]);

/** The names under which OpenAI, Anthropic, Ollama, Google and Bedrock report it. A model that reports none has stopped. */
const finishReasonFields: readonly string[] = [
  'finish_reason',
  'stop_reason',
  'done_reason',
  'finishReason',
  'stopReason',
];

function readFinishReason({ response_metadata: metadata }: BaseMessage): FinishReason {
  const reason = finishReasonFields.map((field) => metadata?.[field]).find((value) => typeof value === 'string');
  return reason === undefined ? 'stop' : (finishReasons.get(String(reason).toLowerCase()) ?? 'other');
}
