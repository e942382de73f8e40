import type { BaseMessage, UsageMetadata } from '@langchain/core/messages';
import {
  type FinishReason,
  InvalidArgumentError,
  type TextRequest,
  type TextResponse,
  type TextUsage,
} from '@rppkit/spec';
import { estimateUsage } from '../text-models/estimate-usage.ts';

/** The part of a response that comes from the provider. */
export type LangChainAnswer = Pick<TextResponse, 'text' | 'usage' | 'finishReason'>;

/**
 * Reads what a LangChain model answered, a message or a string. Throws `InvalidArgumentError` for anything else: such a
 * `Runnable` is no text model.
 */
export function readAnswer(output: unknown, request: TextRequest): LangChainAnswer {
  if (typeof output === 'string') {
    return { text: output, usage: estimateUsage(request.messages, output), finishReason: 'stop' };
  }
  if (!isMessage(output)) {
    throw new InvalidArgumentError(
      'the answer of the LangChain model',
      'a message or a string',
      output,
      'Leave out parsers that make something else of it, or end with StringOutputParser.',
    );
  }
  const text = readMessageText(output);
  return { text, usage: readUsage(output, request, text), finishReason: readFinishReason(output) };
}

/** The text blocks of a message; blocks of other kinds (reasoning, images) are not part of the answer. */
function readMessageText({ content }: BaseMessage): string {
  if (typeof content === 'string') return content;
  return content.map((block: unknown) => (typeof block === 'string' ? block : readBlockText(block))).join('');
}

function readBlockText(block: unknown): string {
  if (typeof block !== 'object' || block === null) return '';
  const { type, text } = block as { readonly type?: unknown; readonly text?: unknown };
  return type === 'text' && typeof text === 'string' ? text : '';
}

/** The usage that a message reports, else an estimate. */
export function readUsage(message: BaseMessage, request: TextRequest, text: string): TextUsage {
  const { usage_metadata: usage } = message as { readonly usage_metadata?: UsageMetadata };
  // LangChain's own cache and models without usage report zeros; a prompt is never empty.
  const { input_tokens: inputTokens = 0, output_tokens: outputTokens = -1 } = usage ?? {};
  if (!Number.isInteger(inputTokens) || inputTokens <= 0 || !Number.isInteger(outputTokens) || outputTokens < 0) {
    return estimateUsage(request.messages, text);
  }
  return { inputTokens, outputTokens, estimated: false };
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

/** Why the model stopped, whatever its provider calls it. */
export function readFinishReason({ response_metadata: metadata }: BaseMessage): FinishReason {
  const reason = finishReasonFields.map((field) => metadata?.[field]).find((value) => typeof value === 'string');
  return reason === undefined ? 'stop' : (finishReasons.get(String(reason).toLowerCase()) ?? 'other');
}

/** By its shape: models may come with a copy of LangChain of their own. */
export function isMessage(value: unknown): value is BaseMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { content } = value as Partial<BaseMessage>;
  return typeof content === 'string' || Array.isArray(content);
}
