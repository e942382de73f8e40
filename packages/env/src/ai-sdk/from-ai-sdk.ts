import {
  type FinishReason,
  InvalidArgumentError,
  RppError,
  type TextMessage,
  type TextModel,
  type TextRequest,
  type TextUsage,
} from '@rppkit/spec';
import { assertNotAborted } from '../text-models/assert-not-aborted.ts';
import { classifyProviderError } from '../text-models/classify-provider-error.ts';
import { type Clock, systemClock } from '../text-models/clock.ts';
import { assertSeedSource, computeRequestSeed } from '../text-models/compute-request-seed.ts';
import { estimateUsage } from '../text-models/estimate-usage.ts';
import { findSecrets } from '../text-models/remove-secrets.ts';
import { assertParameters, type ModelParameters, renderModelId } from '../text-models/render-model-id.ts';
import { runWithOwnSignal } from '../text-models/run-with-own-signal.ts';
import type {
  AiSdkCallOptions,
  AiSdkLanguageModel,
  AiSdkMessage,
  AiSdkResult,
  AiSdkTokens,
} from './ai-sdk-language-model.ts';

export interface FromAiSdkOptions {
  /** Names provider and model; part of every store key. Default: `provider:modelId` of the model. */
  readonly id?: string;
  /**
   * Call options that change answers (`temperature`, `topP`, `maxOutputTokens`, `reasoning`, `providerOptions`, …): sent
   * with every call and made part of the id.
   */
  readonly parameters?: ModelParameters;
  /** `from-sample-index`: sends a seed derived from the messages and the sample index. Default: none. */
  readonly seed?: 'from-sample-index';
  /** For `latencyMs`. Default: the clock of the machine. */
  readonly clock?: Pick<Clock, 'now'>;
}

/**
 * A language model of the Vercel AI SDK (specification V2, V3 or V4) as a text model; the SDK itself is not needed. Its
 * `doGenerate` makes one request and retries nothing, so that retries and limits are those of this package's wrappers. A
 * request with `responseSchema` asks for JSON by that schema. Reasoning is not part of the answer. Usage is what the
 * provider reports, else estimated and marked so. An abort ends the call at once.
 *
 * Rejects with `TextModelError`, and with `InvalidArgumentError` where the provider warns that it takes no schema or its
 * result has no content: an answer that came is never taken for a lost one and asked for again. Throws
 * `InvalidArgumentError` for another specification version or kind of model, for another `seed`, and for parameters that are
 * no object or that this adapter sets itself.
 */
export function fromAiSdk(
  model: AiSdkLanguageModel,
  { id, parameters = {}, seed, clock = systemClock }: FromAiSdkOptions = {},
): TextModel {
  assertSupported(model);
  assertParameters(parameters);
  assertSeedSource(seed);
  assertFreeParameters(parameters, seed);

  return {
    id: renderModelId(id ?? `${model.provider}:${model.modelId}`, parameters),
    async generate(request) {
      const started = clock.now();
      const { signal } = request;
      assertNotAborted(signal);
      try {
        const result = await runWithOwnSignal(signal, async (own) =>
          model.doGenerate(createCallOptions(request, own, parameters, seed)),
        );
        assertResult(result);
        if (request.responseSchema !== undefined) assertSchemaTaken(result);
        const text = result.content.map((part) => (part?.type === 'text' ? (part.text ?? '') : '')).join('');
        return {
          text,
          usage: readUsage(result, request, text),
          cached: false,
          latencyMs: clock.now() - started,
          finishReason: readFinishReason(result),
        };
      } catch (error) {
        if (RppError.isInstance(error)) throw error;
        throw classifyProviderError(error, { aborted: signal?.aborted === true, secrets: findSecrets(model) });
      }
    },
  };
}

function createCallOptions(
  request: TextRequest,
  signal: AbortSignal | undefined,
  parameters: ModelParameters,
  seed: FromAiSdkOptions['seed'],
): AiSdkCallOptions {
  const { responseSchema } = request;
  return {
    ...parameters,
    prompt: request.messages.map(toAiSdkMessage),
    ...(seed === undefined ? {} : { seed: computeRequestSeed(request) }),
    ...(responseSchema === undefined
      ? {}
      : { responseFormat: { type: 'json', schema: responseSchema, name: 'answer' } as const }),
    ...(signal === undefined ? {} : { abortSignal: signal }),
  };
}

function toAiSdkMessage({ role, text }: TextMessage): AiSdkMessage {
  return role === 'system' ? { role, content: text } : { role, content: [{ type: 'text', text }] };
}

function readUsage({ usage }: AiSdkResult, request: TextRequest, text: string): TextUsage {
  const inputTokens = readTokens(usage?.inputTokens);
  const outputTokens = readTokens(usage?.outputTokens);
  if (inputTokens === undefined || outputTokens === undefined) return estimateUsage(request.messages, text);
  return { inputTokens, outputTokens, estimated: false };
}

function readTokens(tokens: AiSdkTokens): number | undefined {
  const count = typeof tokens === 'object' ? tokens?.total : tokens;
  return typeof count === 'number' && Number.isInteger(count) && count >= 0 ? count : undefined;
}

const finishReasons: readonly string[] = ['stop', 'length', 'content-filter'] satisfies FinishReason[];

function readFinishReason({ finishReason }: AiSdkResult): FinishReason {
  const reason = typeof finishReason === 'string' ? finishReason : (finishReason?.unified ?? '');
  return finishReasons.includes(reason) ? (reason as FinishReason) : 'other';
}

const languageModelAdvice = 'Pass a language model of the AI SDK, not an image or embedding model.';

function assertResult(result: AiSdkResult | undefined): asserts result is AiSdkResult {
  const content: unknown = result?.content;
  if (Array.isArray(content)) return;
  throw new InvalidArgumentError(
    'the result of doGenerate',
    'one whose content is a list of parts',
    result,
    languageModelAdvice,
  );
}

/** Providers drop what they do not support and say so; a schema that was dropped must not go unnoticed. */
function assertSchemaTaken({ warnings }: AiSdkResult): void {
  const dropped = (warnings ?? []).some(
    ({ type, feature, setting }) => String(type).startsWith('unsupported') && (feature ?? setting) === 'responseFormat',
  );
  if (!dropped) return;
  throw new InvalidArgumentError(
    'request.responseSchema',
    'absent, because the provider warned that it does not support responseFormat',
    'a schema',
    'Ask for JSON in the prompt, or turn on structured outputs where the provider has an option for them.',
  );
}

function assertSupported(model: AiSdkLanguageModel): void {
  const { specificationVersion: version, doGenerate } = (model ?? {}) as Partial<
    Record<keyof AiSdkLanguageModel, unknown>
  >;
  if (version !== 'v2' && version !== 'v3' && version !== 'v4') {
    throw new InvalidArgumentError(
      'model.specificationVersion',
      "'v2', 'v3' or 'v4'",
      version,
      'Pass what a provider returns, such as openai("gpt-4o-mini"), not a model name.',
    );
  }
  if (typeof doGenerate !== 'function')
    throw new InvalidArgumentError('model.doGenerate', 'a function', doGenerate, languageModelAdvice);
}

/** Call options that are none of the user's parameters, and why. */
const ownOptions: Readonly<Record<string, string>> = {
  prompt: 'It changes with each request.',
  abortSignal: 'It changes with each request.',
  responseFormat: 'It comes from the responseSchema of a request.',
  headers: 'Parameters are written to disk as part of the id: give headers to the provider.',
  tools: 'A text model answers with text.',
  toolChoice: 'A text model answers with text.',
};

function assertFreeParameters(parameters: ModelParameters, seed: FromAiSdkOptions['seed']): void {
  const taken = seed === undefined ? ownOptions : { ...ownOptions, seed: 'It comes from the sample index.' };
  for (const [name, reason] of Object.entries(taken)) {
    if (name in parameters) {
      throw new InvalidArgumentError(`parameters.${name}`, 'absent', typeof parameters[name], reason);
    }
  }
}
