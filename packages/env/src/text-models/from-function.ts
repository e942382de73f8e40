import type { TextModel, TextRequest } from '@rppkit/spec';
import { assertNotAborted } from './assert-not-aborted.ts';
import { estimateUsage } from './estimate-usage.ts';

export interface FromFunctionOptions {
  /** Names the model in store keys and manifests. */
  readonly id: string;
  readonly answer: (request: TextRequest) => string | Promise<string>;
}

/**
 * A text model from a plain function. Usage is estimated from text length, latency is reported as 0. What the function
 * throws passes through; a request whose signal is already aborted never reaches it.
 */
export function fromFunction({ id, answer }: FromFunctionOptions): TextModel {
  return {
    id,
    async generate(request) {
      assertNotAborted(request.signal);
      const text = await answer(request);
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
