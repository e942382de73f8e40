import { InvalidArgumentError, type TextModel, type TextRequest } from '@rppkit/spec';
import { assertNotAborted } from './assert-not-aborted.ts';
import { estimateUsage } from './estimate-usage.ts';
import { renderModelId } from './render-model-id.ts';

export interface FromFunctionOptions {
  /** Names the model in store keys and manifests. */
  readonly id: string;
  readonly answer: (request: TextRequest) => string | Promise<string>;
}

/**
 * A text model from a plain function. Usage is estimated from text length, latency is reported as 0. What the function
 * throws passes through; a request whose signal is already aborted never reaches it. Throws `InvalidArgumentError` for an
 * empty id or no function, and rejects with one where the function gives anything but a string.
 */
export function fromFunction(options: FromFunctionOptions): TextModel {
  const { id, answer } = (options ?? {}) as FromFunctionOptions;
  if (typeof answer !== 'function') {
    const advice = 'Pass { id, answer: (request) => … }.';
    throw new InvalidArgumentError('answer', 'a function from a request to text', answer, advice);
  }
  return {
    id: renderModelId(id),
    async generate(request) {
      assertNotAborted(request.signal);
      const text: unknown = await answer(request);
      if (typeof text !== 'string') throw new InvalidArgumentError('the answer of the function', 'a string', text);
      return {
        text,
        usage: estimateUsage(request.messages, text),
        cached: false,
        latencyMs: 0,
        finishReason: 'stop',
      };
    },
  };
}
