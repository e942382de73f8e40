import { estimateTokens } from '@rppkit/patterns';
import { InvalidArgumentError, type TextModel, type TextResponse } from '@rppkit/spec';
import { assertNotAborted } from './assert-not-aborted.ts';
import { assertInteger } from './assert-number.ts';
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
 * than the limit gets a window to itself. A failed call keeps its share, an answer that no model was asked for gives it
 * back. Throws `InvalidArgumentError` for limits out of range, or none.
 */
export function withRateLimit(
  model: TextModel,
  {
    requestsPerMinute = Infinity,
    tokensPerMinute = Infinity,
    expectedOutputTokens = 256,
    countTokens = estimateTokens,
    clock = systemClock,
  }: RateLimitOptions,
): TextModel {
  if (requestsPerMinute === Infinity && tokensPerMinute === Infinity) {
    throw new InvalidArgumentError('requestsPerMinute or tokensPerMinute', 'a positive integer', undefined);
  }
  if (requestsPerMinute !== Infinity) assertInteger('requestsPerMinute', requestsPerMinute, 1);
  if (tokensPerMinute !== Infinity) assertInteger('tokensPerMinute', tokensPerMinute, 1);
  assertInteger('expectedOutputTokens', expectedOutputTokens, 0);

  let shares: Share[] = [];
  let oldest = 0;
  let requests = 0;
  let tokens = 0;

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

  const correct = (share: Share, { cached, usage }: TextResponse): void => {
    if (!share.inWindow) return;
    const real = cached ? { requests: 0, tokens: 0 } : { requests: 1, tokens: usage.inputTokens + usage.outputTokens };
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
      const response = await model.generate(request);
      correct(share, response);
      return response;
    },
  };
}
