import { type Clock, systemClock } from '@rppkit/env';
import { type TextModel, TextModelError } from '@rppkit/spec';

/** Ends the calls of a run in order: no new ones, and those under way are waited for. */
export interface Drain {
  /** Put around the model itself: refuses calls that have not been sent when `close` began; those that were no signal aborts. */
  guard(model: TextModel): TextModel;
  /** Put around everything: knows which calls are under way. */
  track(model: TextModel): TextModel;
  /** For what waits between two attempts: every wait ends, as aborted, when `close` begins. */
  readonly clock: Clock;
  /** Resolves when no call is under way and every answer that arrived has been handled. */
  close(): Promise<void>;
}

/**
 * A run that fails still has calls under way, whose answers cost money. They are waited for and stored, so that no answer
 * that arrives whole has to be asked for again.
 */
export function createDrain(): Drain {
  const underWay = new Set<Promise<unknown>>();
  const closing = new AbortController();
  return {
    clock: {
      now: systemClock.now,
      wait: (ms, signal) =>
        systemClock.wait(ms, signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal])),
    },
    guard: (model) => ({
      id: model.id,
      async generate(request) {
        if (closing.signal.aborted) throw new TextModelError('aborted', 'The run has ended.');
        // Once sent it is paid for: only those that still wait heed the signal.
        const { signal: _signal, ...sent } = request;
        return model.generate(sent);
      },
    }),
    track: (model) => ({
      id: model.id,
      generate(request) {
        const call = model.generate(request);
        underWay.add(call);
        const forget = (): void => void underWay.delete(call);
        call.then(forget, forget);
        return call;
      },
    }),
    async close() {
      closing.abort();
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
