import { type TextModel, TextModelError } from '@rppkit/spec';
import type { RateLimitFacts } from '../experiment/run-facts.ts';

/** Knows which requests are under way, and how the provider holds them back. */
export interface CallTraffic {
  /** Put around the model itself, so that every attempt is seen. */
  watch(model: TextModel): TextModel;
  /** For `onLimit` of `withAdaptiveConcurrency`. */
  setLimit(limit: number): void;
  underWay(): number;
  rateLimit(): RateLimitFacts;
}

export interface CallTrafficOptions {
  /** The limit at the beginning, and the highest. */
  readonly maximum: number;
  /** A longer pause is cut to this, as `withAdaptiveConcurrency` does; default 60,000. */
  readonly maximumPauseMs?: number;
  /** Milliseconds; default `performance.now`. */
  readonly now?: () => number;
}

/** Traffic that has not begun. */
export function createCallTraffic({
  maximum,
  maximumPauseMs = 60_000,
  now = () => performance.now(),
}: CallTrafficOptions): CallTraffic {
  let limit = maximum;
  let underWay = 0;
  let refused = 0;
  let pausedUntil = 0;
  return {
    watch: (model) => ({
      id: model.id,
      async generate(request) {
        underWay++;
        try {
          return await model.generate(request);
        } catch (error) {
          if (TextModelError.isInstance(error) && error.failure === 'rate-limit') {
            refused++;
            pausedUntil = Math.max(pausedUntil, now() + Math.min(error.retryAfterMs ?? 0, maximumPauseMs));
          }
          throw error;
        } finally {
          underWay--;
        }
      },
    }),
    setLimit(next) {
      limit = next;
    },
    underWay: () => underWay,
    rateLimit: () => ({ limit, maximum, pausedUntil, refused }),
  };
}
