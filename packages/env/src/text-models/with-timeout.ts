import { type TextModel, TextModelError, type TextResponse } from '@rppkit/spec';
import { assertNotAborted } from './assert-not-aborted.ts';
import { assertPositive } from './assert-number.ts';
import { assertTextModel } from './assert-text-model.ts';
import { type Clock, systemClock } from './clock.ts';
import { followSignal } from './follow-signal.ts';
import { createLateAbortError } from './wait-unless-aborted.ts';

export interface TimeoutOptions {
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
}

/**
 * Gives a call up after `ms` milliseconds: its signal is aborted, and it rejects at once with failure `timeout`, possibly
 * paid, whether or not the model heeds the signal. An abort by the caller reaches the model, which may still answer;
 * where it does neither in time, the call ends as `aborted`. Throws `InvalidArgumentError` where `ms` is not above 0.
 */
export function withTimeout(model: TextModel, ms: number, { clock = systemClock }: TimeoutOptions = {}): TextModel {
  assertTextModel(model);
  assertPositive('ms', ms);
  return {
    id: model.id,
    async generate(request) {
      assertNotAborted(request.signal);
      const call = new AbortController();
      const timer = new AbortController();
      const unfollow = followSignal(request.signal, () => call.abort());
      try {
        return await new Promise<TextResponse>((resolve, reject) => {
          clock.wait(ms, timer.signal).then(
            () => {
              reject(request.signal?.aborted === true ? createLateAbortError() : createTimeoutError(ms));
              call.abort();
            },
            () => {},
          );
          model.generate({ ...request, signal: call.signal }).then(resolve, reject);
        });
      } finally {
        timer.abort();
        unfollow();
      }
    },
  };
}

function createTimeoutError(ms: number): TextModelError {
  return new TextModelError(
    'timeout',
    `Expected an answer within ${ms} ms, received none. Allow more time, or ask for shorter answers.`,
  );
}
