import { type TextModel, TextModelError, type TextRequest } from '@rppkit/spec';
import { assertNotAborted } from '../text-models/assert-not-aborted.ts';
import type { Clock } from '../text-models/clock.ts';
import { estimateUsage } from '../text-models/estimate-usage.ts';

/** What a call comes to, and how long it takes. */
export interface TimedOutcome {
  /** Milliseconds of the clock, at least 0. Default 0. */
  readonly afterMs?: number;
  /** A text to answer with, or an error to reject with. */
  readonly answer: string | TextModelError;
}

export interface TimedModelOptions {
  readonly clock: Clock;
  /** Decides by the request and by how many came before it. */
  readonly outcome: (request: TextRequest, index: number) => TimedOutcome;
}

/** A request and when it came, in milliseconds of the clock. */
export interface TimedRequest {
  readonly request: TextRequest;
  readonly at: number;
}

export interface TimedModel extends TextModel {
  readonly requests: readonly TimedRequest[];
  /** How many calls are under way. */
  readonly running: number;
  /** The most calls that were under way at once. */
  readonly peak: number;
}

/**
 * A text model whose calls take time on a clock: with a manual clock, any schedule of latencies and faults runs at once.
 * An abort ends a call at once as `aborted`, possibly paid. Usage is estimated, latency is `afterMs`.
 */
export function createTimedModel({ clock, outcome }: TimedModelOptions): TimedModel {
  const requests: TimedRequest[] = [];
  let running = 0;
  let peak = 0;
  return {
    id: 'timed',
    requests,
    get running() {
      return running;
    },
    get peak() {
      return peak;
    },
    async generate(request) {
      assertNotAborted(request.signal);
      const { afterMs = 0, answer } = outcome(request, requests.length);
      requests.push({ request, at: clock.now() });
      running++;
      peak = Math.max(peak, running);
      try {
        await clock.wait(afterMs, request.signal);
      } catch (error) {
        throw new TextModelError('aborted', 'The call was given up.', { possiblyPaid: true, cause: error });
      } finally {
        running--;
      }
      if (typeof answer !== 'string') throw answer;
      const usage = estimateUsage(request.messages, answer);
      return { text: answer, usage, cached: false, latencyMs: afterMs, finishReason: 'stop' };
    },
  };
}
