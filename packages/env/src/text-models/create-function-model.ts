import type { TextModel, TextRequest } from '@rppkit/spec';
import { assertNotAborted } from './assert-not-aborted.ts';
import { estimateTokens } from './estimate-tokens.ts';

export interface FunctionModelOptions {
  /** Names the model in store keys and manifests. */
  readonly id: string;
  readonly answer: (request: TextRequest) => string | Promise<string>;
}

/**
 * A text model from a plain function. Usage is estimated from text length, latency is reported as 0. What the function
 * throws passes through; a request whose signal is already aborted never reaches it.
 */
export function createFunctionModel({ id, answer }: FunctionModelOptions): TextModel {
  return {
    id,
    async generate(request) {
      assertNotAborted(request.signal);
      const text = await answer(request);
      return {
        text,
        usage: {
          inputTokens: request.messages.reduce((sum, message) => sum + estimateTokens(message.text), 0),
          outputTokens: estimateTokens(text),
          estimated: true,
        },
        cached: false,
        latencyMs: 0,
        finishReason: 'stop',
      };
    },
  };
}
