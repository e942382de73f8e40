import { InvalidArgumentError, type TextModel } from '@rppkit/spec';
import { assertPrices } from './assert-prices.ts';
import { assertTextModel } from './assert-text-model.ts';
import type { Budget, TokenPrices } from './budget.ts';
import { type Clock, systemClock } from './clock.ts';
import type { RecordedCall } from './recorded-call.ts';
import { type AdaptiveConcurrencyOptions, withAdaptiveConcurrency } from './with-adaptive-concurrency.ts';
import { withBudget } from './with-budget.ts';
import { withConcurrencyLimit } from './with-concurrency-limit.ts';
import { type RateLimitOptions, withRateLimit } from './with-rate-limit.ts';
import { withRecording } from './with-recording.ts';
import { type ResponseStore, withResponseStore } from './with-response-store.ts';
import { type RetryOptions, withRetry } from './with-retry.ts';
import { withTimeout } from './with-timeout.ts';

/** Each option adds one wrapper; an absent one leaves it out. */
export interface GuardTextModelOptions extends Omit<RateLimitOptions, 'clock'> {
  /** For `withTimeout`, in milliseconds. */
  readonly timeoutMs?: number;
  /** For `withConcurrencyLimit`; not together with `adaptive`. */
  readonly concurrency?: number;
  /** For `withAdaptiveConcurrency`. */
  readonly adaptive?: Omit<AdaptiveConcurrencyOptions, 'clock'>;
  /** For `withRetry`. */
  readonly retry?: Omit<RetryOptions, 'clock'>;
  /** For `withBudget`. */
  readonly budget?: Budget;
  /** Of this model, for `withBudget`. Default: the prices of the budget. */
  readonly prices?: TokenPrices;
  /** For `withResponseStore`. */
  readonly store?: ResponseStore;
  /** For `withRecording`. */
  readonly recording?: (call: RecordedCall) => void | Promise<void>;
  /** Of all wrappers. Default: the clock of the machine. */
  readonly clock?: Clock;
}

/**
 * Puts the wrappers around `model` in the order in which they work together, from outside to inside:
 *
 * 1. store: what is stored costs nothing, passes no limit and is not recorded again;
 * 2. recording: one record a request, of what its caller got, however many attempts it took;
 * 3. retry: every attempt passes all that follows, and a wait between two holds no place;
 * 4. concurrency, plain or adaptive: sees the rate limits that the provider reports;
 * 5. limits a minute: inside, so that a call which is let in starts at that moment and not in a later window;
 * 6. budget: asked when a call is about to be sent, so that a long line of waiting calls neither holds back tokens that
 *    it has not spent nor outlives `maxSeconds`; what it refuses gives its place in the limits back at once;
 * 7. timeout: innermost, so that only the model's own time counts.
 *
 * Of the limits, `adaptive` and those a minute hold back all calls for the `retryAfterMs` of a refused one; with
 * `concurrency` alone only the refused call waits.
 *
 * Throws `InvalidArgumentError` for both `concurrency` and `adaptive`, for options of other names, and for what the
 * wrappers refuse.
 */
export function guardTextModel(
  model: TextModel,
  {
    timeoutMs,
    concurrency,
    adaptive,
    retry,
    budget,
    prices,
    store,
    recording,
    clock = systemClock,
    ...rates
  }: GuardTextModelOptions = {},
): TextModel {
  assertTextModel(model);
  assertOptionNames(rates);
  // Without a budget, no wrapper looks at them.
  if (prices !== undefined) assertPrices(prices);
  if (concurrency !== undefined && adaptive !== undefined) {
    throw new InvalidArgumentError('concurrency', 'absent where adaptive is given', concurrency, 'Use its maximum.');
  }
  let guarded = model;
  if (timeoutMs !== undefined) guarded = withTimeout(guarded, timeoutMs, { clock });
  if (budget !== undefined) guarded = withBudget(guarded, budget, prices === undefined ? {} : { prices });
  if (rates.requestsPerMinute !== undefined || rates.tokensPerMinute !== undefined) {
    guarded = withRateLimit(guarded, { ...rates, clock });
  }
  if (concurrency !== undefined) guarded = withConcurrencyLimit(guarded, concurrency);
  if (adaptive !== undefined) guarded = withAdaptiveConcurrency(guarded, { ...adaptive, clock });
  if (retry !== undefined) guarded = withRetry(guarded, { ...retry, clock });
  if (recording !== undefined) guarded = withRecording(guarded, recording);
  if (store !== undefined) guarded = withResponseStore(guarded, store);
  return guarded;
}

const optionNames: Readonly<Record<keyof GuardTextModelOptions, true>> = {
  adaptive: true,
  budget: true,
  clock: true,
  concurrency: true,
  countTokens: true,
  expectedOutputTokens: true,
  maximumPauseMs: true,
  prices: true,
  recording: true,
  requestsPerMinute: true,
  retry: true,
  store: true,
  timeoutMs: true,
  tokensPerMinute: true,
};

/** A misspelt option would leave its wrapper out unseen. */
function assertOptionNames(options: object): void {
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(optionNames, name)) continue;
    const known = Object.keys(optionNames).join(', ');
    throw new InvalidArgumentError('options', 'without unknown names', name, `The options are ${known}.`);
  }
}
