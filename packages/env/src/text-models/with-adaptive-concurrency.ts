import { InvalidArgumentError, type TextModel, TextModelError } from '@rppkit/spec';
import { assertNotAborted } from './assert-not-aborted.ts';
import { assertAtLeast, assertInteger } from './assert-number.ts';
import { assertTextModel } from './assert-text-model.ts';
import { type Clock, systemClock } from './clock.ts';
import { createWaitingLine } from './waiting-line.ts';

export interface AdaptiveConcurrencyOptions {
  /** The limit never goes below. Default 1. */
  readonly minimum?: number;
  /** The limit never goes above. */
  readonly maximum: number;
  /** The limit at the beginning. Default: `maximum`, so that an account which bears it loses no time. */
  readonly initial?: number;
  /** What a rate-limit failure multiplies the limit by, rounded down; at least 0 and below 1. Default 0.5. */
  readonly decrease?: number;
  /** A longer `retryAfterMs` is cut to this, so that no provider stops a run for a day unseen. Default 60,000. */
  readonly maximumPauseMs?: number;
  /** Told of the new limit at every change. What it throws is what the call that led to the change rejects with. */
  readonly onLimit?: (limit: number) => void;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
}

/**
 * A concurrency limit that finds out what the provider bears: additive increase, multiplicative decrease. One more call
 * at a time after as many successes as the limit, counted while the limit was reached; after a `rate-limit` failure the
 * limit is multiplied by `decrease`, once for all calls that were under way together. Where the failure tells
 * `retryAfterMs`, no call starts before that time is over. Calls wait in order of arrival; a waiting call whose signal is
 * aborted rejects at once. Calls under way are not stopped when the limit falls; none starts until enough have ended.
 * Throws `InvalidArgumentError` for options out of range.
 */
export function withAdaptiveConcurrency(
  model: TextModel,
  {
    minimum = 1,
    maximum,
    initial = maximum,
    decrease = 0.5,
    maximumPauseMs = 60_000,
    onLimit,
    clock = systemClock,
  }: AdaptiveConcurrencyOptions,
): TextModel {
  assertTextModel(model);
  assertInteger('minimum', minimum, 1);
  assertInteger('maximum', maximum, minimum);
  assertInteger('initial', initial, minimum);
  if (initial > maximum) throw new InvalidArgumentError('initial', `at most maximum (${maximum})`, initial);
  if (!(decrease >= 0 && decrease < 1)) throw new InvalidArgumentError('decrease', 'at least 0 and below 1', decrease);
  assertAtLeast('maximumPauseMs', maximumPauseMs, 0);

  let limit = initial;
  let running = 0;
  let successes = 0;
  // Calls that began before the last decrease say nothing about the present limit.
  let decreases = 0;
  let pausedUntil = -Infinity;

  const line = createWaitingLine<void>({
    clock,
    admit() {
      if (running >= limit) return Infinity;
      const pauseMs = pausedUntil - clock.now();
      if (pauseMs > 0) return pauseMs;
      running++;
      return 0;
    },
  });

  const setLimit = (next: number): void => {
    successes = 0;
    if (next === limit) return;
    limit = next;
    onLimit?.(limit);
  };
  const succeed = (decreasesBefore: number): void => {
    // A limit that is not reached was not tried.
    if (decreasesBefore !== decreases || running < limit) return;
    successes++;
    if (successes >= limit) setLimit(Math.min(maximum, limit + 1));
  };
  const slowDown = (decreasesBefore: number, retryAfterMs: number): void => {
    pausedUntil = Math.max(pausedUntil, clock.now() + Math.min(retryAfterMs, maximumPauseMs));
    if (decreasesBefore !== decreases) return;
    decreases++;
    setLimit(Math.max(minimum, Math.floor(limit * decrease)));
  };

  return {
    id: model.id,
    async generate(request) {
      assertNotAborted(request.signal);
      await line.enter(undefined, request.signal);
      const decreasesBefore = decreases;
      try {
        const response = await model.generate(request);
        succeed(decreasesBefore);
        return response;
      } catch (error) {
        if (TextModelError.isInstance(error) && error.failure === 'rate-limit') {
          slowDown(decreasesBefore, error.retryAfterMs ?? 0);
        }
        throw error;
      } finally {
        running--;
        line.advance();
      }
    },
  };
}
