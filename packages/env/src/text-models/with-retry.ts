import {
  InvalidArgumentError,
  type RandomStream,
  type TextModel,
  TextModelError,
  type TextRequest,
} from '@rppkit/spec';
import { assertAtLeast, assertInteger } from './assert-number.ts';
import { assertTextModel } from './assert-text-model.ts';
import { type Clock, systemClock } from './clock.ts';
import { computeRequestIdentity } from './request-identity.ts';

/** One failed request that is about to be sent again. */
export interface RetryRecord {
  readonly request: TextRequest;
  readonly error: TextModelError;
  /** How many requests were sent so far, at least 1. */
  readonly attempts: number;
  /** How long is waited before the next one. */
  readonly delayMs: number;
}

export interface RetryOptions {
  /** How often a request is sent again at most; 0 fails fast. Default 5. */
  readonly maxRetries?: number;
  /** Upper end of the first wait. Default 500. */
  readonly initialDelayMs?: number;
  /** Longest wait; a provider that asks for more is given up. Default 60,000. */
  readonly maximumDelayMs?: number;
  /** Draws the waits, from streams of their own for each request: the order of calls does not matter. */
  readonly random: RandomStream;
  /** Told before each wait. What it throws is what the call rejects with. */
  readonly onRetry?: (record: RetryRecord) => void;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
}

/**
 * Sends a request again after a transient failure; an answer, whatever its text, is never asked for again. Before retry
 * n (from 1) it waits a uniform time between 0 and `initialDelayMs * 2 ** (n - 1)`, added to the `retryAfterMs` of the
 * failure where there is one, at most `maximumDelayMs` altogether. A failure that is permanent, comes too often, or asks
 * for a longer wait is passed on: as it is after the first request, else saying how many were sent, and possibly paid
 * where any of them was. `attempts` of the response counts all requests. Throws `InvalidArgumentError` for options out of
 * range or no `random`.
 */
export function withRetry(model: TextModel, options: RetryOptions): TextModel {
  assertTextModel(model);
  assertRandom(options?.random);
  const {
    maxRetries = 5,
    initialDelayMs = 500,
    maximumDelayMs = 60_000,
    random,
    onRetry,
    clock = systemClock,
  } = options;
  assertInteger('maxRetries', maxRetries, 0);
  assertAtLeast('initialDelayMs', initialDelayMs, 0);
  assertAtLeast('maximumDelayMs', maximumDelayMs, 0);

  const sampleDelay = (request: TextRequest, retry: number, retryAfterMs: number): number => {
    const stream = random.split(computeRequestIdentity(request)).split(retry);
    const longestMs = Math.min(maximumDelayMs, initialDelayMs * 2 ** Math.min(retry - 1, 1000));
    return Math.min(maximumDelayMs, retryAfterMs + stream.uniform() * longestMs);
  };

  return {
    id: model.id,
    async generate(request) {
      const failures: TextModelError[] = [];
      for (;;) {
        try {
          const response = await model.generate(request);
          return { ...response, attempts: failures.length + (response.attempts ?? 1) };
        } catch (error) {
          if (!TextModelError.isInstance(error)) throw error;
          failures.push(error);
          const { transient, retryAfterMs = 0 } = error;
          if (!transient || failures.length > maxRetries || retryAfterMs > maximumDelayMs) throw summarize(failures);
          const delayMs = sampleDelay(request, failures.length, retryAfterMs);
          onRetry?.({ request, error, attempts: failures.length, delayMs });
          await clock.wait(delayMs, request.signal).catch((aborted: TextModelError) => {
            throw summarize([...failures, aborted], failures.length);
          });
        }
      }
    },
  };
}

function assertRandom(random: unknown): void {
  // Text has a split as well.
  if (typeof random === 'object' && typeof (random as Partial<RandomStream> | null)?.split === 'function') return;
  throw new InvalidArgumentError('random', 'a RandomStream with split', random, 'Pass createRandomStream(seed).');
}

/** The last failure, with what the caller of several requests must know of the others. */
function summarize(failures: readonly TextModelError[], attempts = failures.length): TextModelError {
  const last = failures.at(-1)!;
  if (failures.length === 1) return last;
  const { failure, status, retryAfterMs } = last;
  const sent = `${attempts} ${attempts === 1 ? 'request was' : 'requests were'} sent`;
  return new TextModelError(
    failure,
    `${last.message} (${sent}; the one before failed with ${failures.at(-2)!.failure}.)`,
    {
      status,
      retryAfterMs,
      possiblyPaid: failures.some(({ possiblyPaid }) => possiblyPaid),
      cause: last,
    },
  );
}
