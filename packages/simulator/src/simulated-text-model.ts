import { InvalidArgumentError, type TextModel, TextModelError } from '@rppkit/spec';
import { createAnswerSampler, type SimulatedModelOptions } from './answering/answer-sampler.ts';

/**
 * The simulated model as a plain text model, without LangChain's cost for each call. The seed of a call is computed from the
 * messages and the sample index exactly as `fromLangChain` of `@rppkit/env` does with `seed: 'from-sample-index'`, so both
 * ways to a model give the same text. `latencyMs` is 0.
 */
export function createSimulatedTextModel(options: SimulatedModelOptions): TextModel {
  const sampler = createAnswerSampler(options);
  return {
    id: sampler.id,
    async generate({ messages, sampleIndex, signal }) {
      if (signal?.aborted)
        throw new TextModelError('aborted', 'The simulated call was aborted.', { cause: signal.reason });
      if (!Number.isSafeInteger(sampleIndex) || sampleIndex < 0) {
        throw new InvalidArgumentError('sampleIndex', 'a non-negative integer', sampleIndex);
      }
      const { text, inputTokens, outputTokens } = sampler.sample(
        messages,
        (prompt) => prompt.split(sampleIndex).bits() >>> 1,
      );
      return {
        text,
        usage: { inputTokens, outputTokens, estimated: false },
        cached: false,
        latencyMs: 0,
        finishReason: 'stop',
      };
    },
  };
}
