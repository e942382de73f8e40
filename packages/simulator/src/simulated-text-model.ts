import {
  createRandomStream,
  InvalidArgumentError,
  type TextModel,
  TextModelError,
  type TextRequest,
} from '@rppkit/spec';
import { createAnswerSampler, renderMessages } from './answering/answer-sampler.ts';
import { renderCanonicalJson } from './answering/render-canonical-json.ts';
import type { SimulatedModelOptions } from './answering/simulated-model-options.ts';
import { SimulatedProviderError } from './answering/simulated-provider-error.ts';
import { createSimulatedService, type SimulatedCallOptions } from './answering/simulated-service.ts';

/** Everything about a simulated text model. */
export interface SimulatedTextModelOptions extends SimulatedModelOptions, SimulatedCallOptions {}

/**
 * The simulated model as a plain text model, without LangChain's cost for each call. The seed of a call is computed from the
 * messages, the response schema and the sample index exactly as `fromLangChain` of `@rppkit/env` does with
 * `seed: 'from-sample-index'`, so both ways to a model give the same text. A `responseSchema` is kept; `latencyMs` is the
 * simulated latency. Faults reject with `TextModelError`. Throws `InvalidArgumentError` for options out of range.
 */
export function createSimulatedTextModel(options: SimulatedTextModelOptions): TextModel {
  const sampler = createAnswerSampler(options);
  const service = createSimulatedService(options);
  return {
    id: sampler.id,
    async generate(request) {
      const { messages, sampleIndex, responseSchema, signal } = request;
      if (signal?.aborted) throw createAbortError(signal, false);
      if (!Number.isSafeInteger(sampleIndex) || sampleIndex < 0) {
        throw new InvalidArgumentError('sampleIndex', 'a non-negative integer', sampleIndex);
      }
      try {
        const { text, inputTokens, outputTokens, finishReason, latencyMs } = await service.serve(
          sampler,
          { messages, seed: computeSeed(request), schema: responseSchema },
          signal,
        );
        const usage = { inputTokens, outputTokens, estimated: false };
        return { text, usage, cached: false, latencyMs, finishReason };
      } catch (error) {
        if (signal?.aborted) throw createAbortError(signal, true);
        throw error instanceof SimulatedProviderError ? toTextModelError(error) : error;
      }
    },
  };
}

function computeSeed({ messages, sampleIndex, responseSchema }: TextRequest): number {
  const prompt = renderMessages(messages);
  const body = responseSchema === undefined ? prompt : `${prompt}\n${renderCanonicalJson(responseSchema)}`;
  return createRandomStream(body).split(sampleIndex).bits() >>> 1;
}

function createAbortError(signal: AbortSignal, possiblyPaid: boolean): TextModelError {
  return new TextModelError('aborted', 'The simulated call was aborted.', { cause: signal.reason, possiblyPaid });
}

function toTextModelError({ failure, message, status, retryAfterMs }: SimulatedProviderError): TextModelError {
  return new TextModelError(failure, message, { status, retryAfterMs });
}
