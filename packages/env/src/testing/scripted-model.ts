import { estimateTokens } from '@rppkit/patterns';
import { RppError, type TextModel, TextModelError, type TextRequest } from '@rppkit/spec';

/** A text to answer with, or an error to reject with. */
export type ScriptedAnswer = string | TextModelError;

export interface ScriptedModel extends TextModel {
  /** What was asked so far, aborted requests left out. */
  readonly requests: readonly TextRequest[];
  /** How many answers are left. */
  readonly remaining: number;
}

/**
 * A text model that gives the answers of a list, first in, first out. `generate` rejects with an `RppError` of code
 * `SCRIPT_DRY` when none is left, so that a test which asks too much fails. Usage is estimated, latency is 0.
 */
export function createScriptedModel(answers: readonly ScriptedAnswer[]): ScriptedModel {
  const requests: TextRequest[] = [];
  return {
    id: 'scripted',
    requests,
    get remaining() {
      return answers.length - requests.length;
    },
    async generate(request) {
      if (request.signal?.aborted === true) {
        throw new TextModelError('aborted', 'Expected a live signal, received an aborted one. No answer was used up.');
      }
      const answer = answers[requests.length];
      if (answer === undefined) throw createDryError(answers.length, request);
      requests.push(request);
      if (typeof answer !== 'string') throw answer;
      return {
        text: answer,
        usage: {
          inputTokens: request.messages.reduce((sum, { text }) => sum + estimateTokens(text), 0),
          outputTokens: estimateTokens(answer),
          estimated: true,
        },
        cached: false,
        latencyMs: 0,
        finishReason: 'stop',
      };
    },
  };
}

function createDryError(count: number, request: TextRequest): RppError {
  const prompt = request.messages.at(-1)?.text ?? '';
  return new RppError(
    'SCRIPT_DRY',
    `Expected at most ${count} requests, received one more (it begins ${JSON.stringify(prompt.slice(0, 80))}). ` +
      'Script another answer, or find out why the code asks again.',
  );
}
