import {
  BaseChatModel,
  type BaseChatModelCallOptions,
  type BaseChatModelParams,
} from '@langchain/core/language_models/chat_models';
import { AIMessage, type BaseMessage, type StandardMessageStructure } from '@langchain/core/messages';
import type { ChatResult } from '@langchain/core/outputs';
import { InvalidArgumentError, type TextMessage } from '@rppkit/spec';
import { type AnswerSampler, createAnswerSampler, type SimulatedModelOptions } from './answering/answer-sampler.ts';

export interface SimulatedChatModelParams extends BaseChatModelParams, SimulatedModelOptions {
  /** The seed of calls that name none, a safe integer; default 0. */
  readonly seed?: number;
}

export interface SimulatedChatModelCallOptions extends BaseChatModelCallOptions {
  /** Tells draws of one prompt apart, a safe integer; default: the model's own seed. */
  readonly seed?: number;
}

/**
 * A LangChain chat model without a network. It sees the messages alone; messages and seed determine the answer. Usage is
 * reported in tokens. Throws `InvalidArgumentError` for options out of range and for messages other than system, human and AI.
 */
export class SimulatedChatModel extends BaseChatModel<SimulatedChatModelCallOptions> {
  readonly #sampler: AnswerSampler;
  readonly #seed: number;

  constructor({ knowledge, profile, temperature, seed = 0, ...params }: SimulatedChatModelParams) {
    super(params);
    this.#sampler = createAnswerSampler({
      knowledge,
      ...(profile !== undefined && { profile }),
      ...(temperature !== undefined && { temperature }),
    });
    this.#seed = assertSeed(seed);
  }

  static override lc_name(): string {
    return 'SimulatedChatModel';
  }

  override get callKeys(): string[] {
    return [...super.callKeys, 'seed'];
  }

  override _llmType(): string {
    return 'rppkit-simulated';
  }

  override _identifyingParams(): Record<string, unknown> {
    const { profile, temperature } = this.#sampler;
    return { _type: this._llmType(), profile, temperature, seed: this.#seed };
  }

  override async _generate(messages: BaseMessage[], options: this['ParsedCallOptions']): Promise<ChatResult> {
    const seed = assertSeed(options.seed ?? this.#seed);
    const { text, inputTokens, outputTokens } = this.#sampler.sample(messages.map(toTextMessage), () => seed);
    const message = new AIMessage<StandardMessageStructure>({
      content: text,
      usage_metadata: {
        input_tokens: inputTokens,
        output_tokens: outputTokens,
        total_tokens: inputTokens + outputTokens,
      },
      response_metadata: { finish_reason: 'stop', model_name: this.#sampler.id },
    });
    return { generations: [{ text, message }] };
  }
}

const roles: Readonly<Record<string, TextMessage['role']>> = { system: 'system', human: 'user', ai: 'assistant' };

function toTextMessage(message: BaseMessage): TextMessage {
  const type = message.getType();
  const role = roles[type];
  if (role === undefined) throw new InvalidArgumentError('messages', 'of type system, human or ai', type);
  return { role, text: message.text };
}

function assertSeed(seed: number): number {
  if (!Number.isSafeInteger(seed)) throw new InvalidArgumentError('seed', 'a safe integer', seed);
  return seed;
}
