import { estimateTokens } from '@rppkit/patterns';
import { InvalidArgumentError, type TextModel, TextModelError, type TextResponse, type TextUsage } from '@rppkit/spec';
import { assertNotAborted } from './assert-not-aborted.ts';
import { assertAtLeast, assertInteger } from './assert-number.ts';
import { assertTextModel } from './assert-text-model.ts';
import { type Clock, systemClock } from './clock.ts';
import { type CountTokens, estimateRequestTokens } from './estimate-request-tokens.ts';
import { createWaitingLine } from './waiting-line.ts';

/** Limits of a provider account; at least one of the first two. */
export interface RateLimitOptions {
  /** A positive integer. Default: no limit. */
  readonly requestsPerMinute?: number;
  /** Input and output tokens together, a positive integer. Default: no limit. */
  readonly tokensPerMinute?: number;
  /** What a call is expected to write before its usage is known. Default 256. */
  readonly expectedOutputTokens?: number;
  /** Default: `estimateTokens`. */
  readonly countTokens?: CountTokens;
  /** A longer `retryAfterMs` is cut to this. Default 60,000. */
  readonly maximumPauseMs?: number;
  /** Default: the clock of the machine. */
  readonly clock?: Clock;
}

const windowMs = 60_000;

/** What one call takes of the limits while its start lies in the window. */
interface Share {
  requests: number;
  tokens: number;
  startedAt: number;
  inWindow: boolean;
}

/**
 * Calls of `model` within limits a minute; further ones wait in order of arrival and start as soon as the window allows.
 * The window slides: the calls started in any 60 s never exceed `requestsPerMinute`. Nothing spreads them inside it, so a
 * full minute's calls may start at once; add a concurrency limit where the provider counts by the second.
 *
 * Tokens are reserved before a call (its messages plus `expectedOutputTokens`) and corrected by the usage of the answer,
 * so they exceed `tokensPerMinute` only by what the calls under way write beyond that expectation. A call of more tokens
 * than the limit gets a window to itself. A failed call keeps its share; a call that was never sent (refused by a budget,
 * aborted before) and an answer that no model was asked for give it back.
 *
 * Where the provider refuses a call with `rate-limit` and tells `retryAfterMs`, no call starts before that time is over,
 * whatever the window allows. Throws `InvalidArgumentError` for limits out of range, or none, and rejects with one where
 * `countTokens` gives no finite number of at least 0.
 */
export function withRateLimit(
  model: TextModel,
  {
    requestsPerMinute = Infinity,
    tokensPerMinute = Infinity,
    expectedOutputTokens = 256,
    countTokens = estimateTokens,
    maximumPauseMs = 60_000,
    clock = systemClock,
  }: RateLimitOptions,
): TextModel {
  assertTextModel(model);
  if (requestsPerMinute === Infinity && tokensPerMinute === Infinity) {
    throw new InvalidArgumentError('requestsPerMinute or tokensPerMinute', 'a positive integer', undefined);
  }
  if (requestsPerMinute !== Infinity) assertInteger('requestsPerMinute', requestsPerMinute, 1);
  if (tokensPerMinute !== Infinity) assertInteger('tokensPerMinute', tokensPerMinute, 1);
  assertInteger('expectedOutputTokens', expectedOutputTokens, 0);
  assertAtLeast('maximumPauseMs', maximumPauseMs, 0);

  let shares: Share[] = [];
  let oldest = 0;
  let requests = 0;
  let tokens = 0;
  let pausedUntil = -Infinity;

  const forgetOld = (now: number): void => {
    for (; oldest < shares.length && shares[oldest]!.startedAt + windowMs <= now; oldest++) {
      const share = shares[oldest]!;
      requests -= share.requests;
      tokens -= share.tokens;
      share.inWindow = false;
    }
    // Counts need not be whole; what rounding leaves of them must not keep an empty window closed.
    if (oldest === shares.length) tokens = 0;
    if (oldest > 1_000 && oldest * 2 > shares.length) {
      shares = shares.slice(oldest);
      oldest = 0;
    }
  };

  const line = createWaitingLine<Share>({
    clock,
    admit(share) {
      const now = clock.now();
      forgetOld(now);
      if (pausedUntil > now) return pausedUntil - now;
      const fits = requests + share.requests <= requestsPerMinute && tokens + share.tokens <= tokensPerMinute;
      if (!fits) return shares[oldest]!.startedAt + windowMs - now;
      requests += share.requests;
      tokens += share.tokens;
      share.startedAt = now;
      share.inWindow = true;
      shares.push(share);
      return 0;
    },
  });

  /** Puts what the call took in the place of what was reserved; undefined: it was not sent. */
  const correct = (share: Share, usage: TextUsage | undefined): void => {
    if (!share.inWindow) return;
    const real =
      usage === undefined
        ? { requests: 0, tokens: 0 }
        : { requests: 1, tokens: usage.inputTokens + usage.outputTokens };
    requests += real.requests - share.requests;
    tokens += real.tokens - share.tokens;
    Object.assign(share, real);
    line.advance();
  };

  return {
    id: model.id,
    async generate(request) {
      assertNotAborted(request.signal);
      const expected = estimateRequestTokens(request, countTokens) + expectedOutputTokens;
      const share = { requests: 1, tokens: Math.min(expected, tokensPerMinute), startedAt: 0, inWindow: false };
      await line.enter(share, request.signal);
      let response: TextResponse;
      try {
        response = await model.generate(request);
      } catch (error) {
        if (isUnsent(error)) correct(share, undefined);
        if (TextModelError.isInstance(error) && error.failure === 'rate-limit') {
          pausedUntil = Math.max(pausedUntil, clock.now() + Math.min(error.retryAfterMs ?? 0, maximumPauseMs));
        }
        throw error;
      }
      correct(share, response.cached ? undefined : response.usage);
      return response;
    },
  };
}

/** True where the call ended before the provider saw it: a provider's own refusals carry a status. */
function isUnsent(error: unknown): boolean {
  if (!TextModelError.isInstance(error)) return false;
  const { failure, status, possiblyPaid } = error;
  return (failure === 'budget' || failure === 'aborted') && status === undefined && !possiblyPaid;
}
