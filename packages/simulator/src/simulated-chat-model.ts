import type { CallbackManagerForLLMRun } from '@langchain/core/callbacks/manager';
import type { BaseLanguageModelInput } from '@langchain/core/language_models/base';
import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BaseChatModelParams,
  type BindToolsInput,
} from '@langchain/core/language_models/chat_models';
import type { AIMessageChunk, BaseMessage, MessageContent } from '@langchain/core/messages';
import type { ChatGenerationChunk, ChatResult } from '@langchain/core/outputs';
import type { Runnable } from '@langchain/core/runnables';
import { convertToOpenAITool } from '@langchain/core/utils/function_calling';
import { InvalidArgumentError } from '@rppkit/spec';
import { type AnswerSampler, createAnswerSampler, renderMessages } from './answering/answer-sampler.ts';
import { countTokens } from './answering/count-tokens.ts';
import { assertMaxTokens, type SimulatedModelOptions } from './answering/simulated-model-options.ts';
import {
  createSimulatedService,
  type ServedAnswer,
  type SimulatedCallOptions,
  type SimulatedService,
} from './answering/simulated-service.ts';
import { createTextDigest } from './answering/text-digest.ts';
import { readWantedOutput } from './answering/wanted-output.ts';
import { createAnswerChunks, createChatResult, type LangChainAnswer } from './langchain-answer.ts';
import { createStructuredOutput } from './structured-output.ts';
import { toTextMessage } from './to-text-message.ts';

export interface SimulatedChatModelParams extends BaseChatModelParams, SimulatedModelOptions, SimulatedCallOptions {
  /** The seed of calls that name none, a safe integer; default 0. */
  readonly seed?: number;
}

export interface SimulatedChatModelCallOptions extends BaseChatModelCallOptions {
  /** Tells draws of one prompt apart, a safe integer; default: the model's own seed. */
  readonly seed?: number;
  /** Default: the model's own limit. */
  readonly maxTokens?: number;
  /** In OpenAI's form, as `bindTools` makes them of any tool. They are called where `tool_choice` says so. */
  readonly tools?: readonly unknown[];
  /** `{ type: 'json_object' }` or `{ type: 'json_schema', json_schema: { schema } }`, as `withStructuredOutput` sends them. */
  readonly response_format?: unknown;
}

/**
 * A LangChain chat model without a network. It sees the messages alone; what it reads in them and the seed determine the
 * answer. Streams, `stop`, tools and `withStructuredOutput` (methods `jsonSchema`, the default, `functionCalling` and
 * `jsonMode`; `strict` changes nothing) work as with a provider; usage is reported in tokens. Faults are thrown at once in the
 * shape of a provider's errors: LangChain's `maxRetries` and `maxConcurrency` play no part.
 *
 * Throws `InvalidArgumentError` for options out of range, for messages other than system, human, AI and tool, and for content
 * other than text.
 */
export class SimulatedChatModel extends BaseChatModel<SimulatedChatModelCallOptions> {
  readonly #sampler: AnswerSampler;
  readonly #service: SimulatedService;
  readonly #seed: number;
  readonly #knowledge: string;

  constructor({ seed = 0, ...options }: SimulatedChatModelParams) {
    const { knowledge, profile, temperature, maxTokens, rewriting, latency, faults, wait, ...params } = options;
    super(params);
    this.#sampler = createAnswerSampler(options);
    this.#service = createSimulatedService(options);
    this.#seed = assertSeed(seed);
    this.#knowledge = knowledge.id;
    // An assignment, because the overloads of the method cannot be written down without repeating all of LangChain's.
    this.withStructuredOutput = createStructuredOutput(this) as this['withStructuredOutput'];
  }

  static override lc_name(): string {
    return 'SimulatedChatModel';
  }

  override get callKeys(): string[] {
    return [...super.callKeys, 'seed', 'maxTokens', 'tools', 'response_format'];
  }

  override _llmType(): string {
    return 'rppkit-simulated';
  }

  /** All that determines answers, so that caches of LangChain keep models apart. */
  override _identifyingParams(): Record<string, unknown> {
    const { profile, temperature, maxTokens, rewriting } = this.#sampler;
    const limit = maxTokens === undefined ? {} : { maxTokens };
    const own = { knowledge: this.#knowledge, seed: this.#seed };
    return { _type: this._llmType(), profile, temperature, ...limit, rewriting, ...own };
  }

  /** In the model's own tokens; LangChain's would load a tokeniser from the network. */
  override async getNumTokens(content: MessageContent): Promise<number> {
    if (typeof content === 'string') return countTokens(content);
    return countTokens(content.map((part) => (part.type === 'text' ? part['text'] : '')).join(''));
  }

  override bindTools(
    tools: BindToolsInput[],
    kwargs?: Partial<SimulatedChatModelCallOptions>,
  ): Runnable<BaseLanguageModelInput, AIMessageChunk, SimulatedChatModelCallOptions> {
    return this.withConfig({ tools: tools.map((tool) => convertToOpenAITool(tool)), ...kwargs });
  }

  override async _generate(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<ChatResult> {
    return createChatResult(await this.#answer(messages, options));
  }

  override async *_streamResponseChunks(
    messages: BaseMessage[],
    options: this['ParsedCallOptions'],
    runManager?: CallbackManagerForLLMRun,
  ): AsyncGenerator<ChatGenerationChunk> {
    for (const chunk of createAnswerChunks(await this.#answer(messages, options))) {
      yield chunk;
      await runManager?.handleLLMNewToken(chunk.text, undefined, undefined, undefined, undefined, { chunk });
    }
  }

  async #answer(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<LangChainAnswer> {
    const { signal, stop, maxTokens = this.#sampler.maxTokens } = options;
    signal?.throwIfAborted();
    assertMaxTokens(maxTokens);
    assertStop(stop);
    const seed = assertSeed(options.seed ?? this.#seed);
    const { schema, tool } = readWantedOutput(options);
    const asked = messages.map(toTextMessage);
    const served: ServedAnswer = await this.#service.serve(
      this.#sampler,
      { messages: asked, seed, schema, maxTokens, stop },
      signal,
    );
    // The turns of a conversation have different calls, also under one seed.
    const callId = tool === undefined ? '' : createCallId(renderMessages(asked), seed);
    return { ...served, modelName: this.#sampler.id, callId, tool };
  }
}

function createCallId(prompt: string, seed: number): string {
  const digest = createTextDigest();
  digest.add(prompt);
  digest.add(String(seed));
  return `call_${digest.value().toString(16)}`;
}

function assertStop(stop: unknown): void {
  if (stop === undefined || (Array.isArray(stop) && stop.every((sequence) => typeof sequence === 'string'))) return;
  throw new InvalidArgumentError('stop', 'an array of strings', stop);
}

function assertSeed(seed: number): number {
  if (!Number.isSafeInteger(seed)) throw new InvalidArgumentError('seed', 'a safe integer', seed);
  return seed;
}
