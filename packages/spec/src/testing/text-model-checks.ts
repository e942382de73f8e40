import { expect } from 'vitest';
import type { FinishReason, TextModel, TextRequest, TextResponse } from '../text-model.ts';
import { TextModelError } from '../text-model-error.ts';
import type { ConformanceCheck } from './conformance-check.ts';
import { expectRppError } from './expected-error.ts';

/** A model and the request that the checks send. */
export interface TextModelSubject {
  readonly model: TextModel;
  readonly request: TextRequest;
  readonly repeatable: boolean;
}

const finishReasons: readonly FinishReason[] = ['stop', 'length', 'content-filter', 'other'];
const concurrentCalls = 8;

/** The contract of `TextModel`. No check sends more than `concurrentCalls` requests. */
export const textModelChecks: readonly ConformanceCheck<TextModelSubject>[] = [
  {
    name: 'has an id that stays the same',
    async run({ model, request }) {
      expect(model.id, 'id names model and parameters; store keys hold it').toMatch(/\S/);
      const before = model.id;
      await model.generate(request);
      expect(model.id, 'id must not change with calls').toBe(before);
    },
  },
  {
    name: 'answers with every field in its range',
    async run({ model, request }) {
      assertTextResponse(await model.generate(request));
    },
  },
  {
    name: 'leaves the request as it was',
    async run({ model, request }) {
      const frozen = Object.freeze({ ...request, messages: Object.freeze(request.messages.map(Object.freeze)) });
      assertTextResponse(await model.generate(frozen as TextRequest));
    },
  },
  {
    name: 'answers concurrent calls, one answer each',
    async run({ model, request }) {
      const calls = Array.from({ length: concurrentCalls }, (_, sampleIndex) =>
        model.generate({ ...request, sampleIndex }),
      );
      for (const response of await Promise.all(calls)) assertTextResponse(response);
    },
  },
  {
    name: 'rejects with failure "aborted" when the signal is already aborted, and answers the next call',
    async run({ model, request }) {
      const aborted = { ...request, signal: AbortSignal.abort() };
      await expectAborted(() => model.generate(aborted));
      assertTextResponse(await model.generate(request));
    },
  },
  {
    name: 'ends with an answer or with failure "aborted" when the signal aborts during the call',
    async run({ model, request }) {
      const controller = new AbortController();
      const call = model.generate({ ...request, signal: controller.signal });
      controller.abort();
      // A model that had its answer at once may still give it.
      const outcome = await call.then(
        (response) => ({ response }),
        (error: unknown) => ({ error }),
      );
      if ('response' in outcome) assertTextResponse(outcome.response);
      else await expectAborted(() => Promise.reject(outcome.error));
    },
  },
  {
    name: 'gives equal texts for equal requests, where it says that it is repeatable',
    async run({ model, request, repeatable }) {
      if (!repeatable) return;
      const first = await model.generate(request);
      const second = await model.generate(request);
      expect(second.text, 'messages and sampleIndex determine the text').toBe(first.text);
    },
  },
];

function assertTextResponse(response: TextResponse): void {
  expect(typeof response.text, 'text is a string').toBe('string');
  for (const field of ['inputTokens', 'outputTokens'] as const) {
    const tokens = response.usage[field];
    expect(Number.isInteger(tokens) && tokens >= 0, `usage.${field} is a count, received ${tokens}`).toBe(true);
  }
  expect(typeof response.usage.estimated, 'usage.estimated says whether the provider reported usage').toBe('boolean');
  expect(typeof response.cached, 'cached says whether a model was asked').toBe('boolean');
  const { latencyMs } = response;
  expect(Number.isFinite(latencyMs) && latencyMs >= 0, `latencyMs is a duration, received ${latencyMs}`).toBe(true);
  expect(finishReasons, 'finishReason is one of a closed list').toContain(response.finishReason);
}

async function expectAborted(action: () => Promise<unknown>): Promise<void> {
  const error = await expectRppError('A call whose signal is aborted', action);
  if (!TextModelError.isInstance(error)) expect.fail(`Expected a TextModelError, received ${String(error)}`);
  expect((error as TextModelError).failure, 'failure of an aborted call').toBe('aborted');
}
