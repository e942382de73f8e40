import type { BaseMessage } from '@langchain/core/messages';
import { InvalidArgumentError, RppError, type TextModel, type TextRequest } from '@rppkit/spec';
import { assertNotAborted } from '../text-models/assert-not-aborted.ts';
import { classifyProviderError } from '../text-models/classify-provider-error.ts';
import { type Clock, systemClock } from '../text-models/clock.ts';
import { assertSeedSource, computeRequestSeed } from '../text-models/compute-request-seed.ts';
import { findSecrets } from '../text-models/remove-secrets.ts';
import { type ModelParameters, renderModelId } from '../text-models/render-model-id.ts';
import { runWithOwnSignal } from '../text-models/run-with-own-signal.ts';
import { type LangChainAnswer, readAnswer } from './read-answer.ts';
import { createStructuredCaller, type StructuredOutputOptions } from './structured-output.ts';
import { toLangChainMessage } from './to-langchain-message.ts';

/**
 * What `fromLangChain` needs of a model: any `BaseChatModel`, what `initChatModel` returns, or any `Runnable` from
 * messages to a message or a string.
 */
export interface LangChainModel {
  /** `options` holds `signal` and `seed`, where they are given. */
  invoke(messages: BaseMessage[], options?: object): Promise<unknown>;
  /** Absent in a plain `Runnable`. */
  withStructuredOutput?(schema: Record<string, unknown>, config: object): unknown;
}

export interface FromLangChainOptions {
  /** Names provider and model (`openai:gpt-4o-mini`); part of every store key. */
  readonly id: string;
  /**
   * Every parameter of the model that changes answers, as it was set on the model; becomes part of the id, in the order of
   * its sorted keys. It is asked for, not read from the model, because models list API keys among their parameters.
   */
  readonly parameters?: ModelParameters;
  /**
   * `from-sample-index`: sends the call option `seed`, derived from the messages and the sample index. `ChatOpenAI` passes
   * it on, also to Ollama's `/v1`; `ChatOllama` and `ChatAnthropic` take no seed with a call. Default: no seed.
   */
  readonly seed?: 'from-sample-index';
  /** How a `responseSchema` is asked for. */
  readonly structuredOutput?: StructuredOutputOptions;
  /** For `latencyMs`. Default: the clock of the machine. */
  readonly clock?: Pick<Clock, 'now'>;
}

/**
 * A LangChain model as a text model.
 *
 * Set `maxRetries: 0` on the model and leave retries, limits and budgets to the wrappers of this package: LangChain retries
 * six times by default, its attempts multiply with those of a retry wrapper, and nothing outside can count, limit or
 * pay attention to them.
 *
 * A request with `responseSchema` goes through the model's `withStructuredOutput`; the answer is its JSON text. An abort
 * ends the call at once, also where the provider does not listen; `ChatOllama` may then break off its other calls, which
 * fail with `network` and can be tried again. Usage is what the provider reports, else estimated from
 * text length and marked so; so is that of an answer which a provider's client refuses to hand out because it is cut off
 * or no JSON (its text is then empty).
 *
 * Rejects with `TextModelError`, and with `InvalidArgumentError` for a model that answers with anything but a message or a
 * string and for a `responseSchema` that the model has no way to take. Throws `InvalidArgumentError` for what has no
 * `invoke`, for an id or parameters that `renderModelId` refuses, and for another `seed` or `structuredOutput.method`.
 */
export function fromLangChain(model: LangChainModel, options: FromLangChainOptions): TextModel {
  assertModel(model);
  const modelId = renderModelId(options?.id, options?.parameters);
  const { seed, structuredOutput, clock = systemClock } = options;
  assertSeedSource(seed);
  const callStructured = createStructuredCaller(model, structuredOutput);

  const call = async (request: TextRequest, signal: AbortSignal | undefined): Promise<LangChainAnswer> => {
    const messages = request.messages.map(toLangChainMessage);
    const callOptions = {
      ...(signal === undefined ? {} : { signal }),
      ...(seed === undefined ? {} : { seed: computeRequestSeed(request) }),
    };
    if (request.responseSchema !== undefined) return callStructured(request, messages, callOptions);
    return readAnswer(await model.invoke(messages, callOptions), request);
  };

  return {
    id: modelId,
    async generate(request) {
      const started = clock.now();
      const { signal } = request;
      assertNotAborted(signal);
      try {
        const answer = await runWithOwnSignal(signal, (own) => call(request, own));
        return { ...answer, cached: false, latencyMs: clock.now() - started };
      } catch (error) {
        if (RppError.isInstance(error)) throw error;
        throw classifyProviderError(error, { aborted: signal?.aborted === true, secrets: findSecrets(model) });
      }
    },
  };
}

function assertModel(model: unknown): void {
  if (typeof (model as Partial<LangChainModel> | null | undefined)?.invoke === 'function') return;
  throw new InvalidArgumentError(
    'model',
    'a chat model or another Runnable of LangChain',
    model,
    'Pass what new ChatOpenAI(…) or await initChatModel(…) returns, not a model name.',
  );
}
