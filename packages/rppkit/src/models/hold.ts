import { setMaxListeners } from 'node:events';
import { type Clock, systemClock } from '@rppkit/env';
import { type TextModel, TextModelError } from '@rppkit/spec';

/** Ends calls in order for whoever needs every answer under way before it stops. */
export interface Hold {
  /** Put around the model itself: once begun, lets no call through; those under way go on to their end. */
  guard(model: TextModel): TextModel;
  /**
   * Put around everything: a call that `ends` says must stop all begins the hold, and waits with the others. `onEnd` is told of the first,
   * before the hold begins; not where the hold has begun already.
   */
  endAt(
    model: TextModel,
    options: { readonly ends: (error: unknown) => boolean; onEnd(error: unknown): void },
  ): TextModel;
  /** For what waits between two attempts: when the hold ends, every wait ends as aborted, with the held calls. */
  readonly clock: Clock;
  /** Begins, once. When no call is under way, and what waits for the answers had its turn, all held calls reject as aborted. */
  begin(): void;
  /** Calls that were sent and have not ended. */
  underWay(): number;
}

/** Where a rejected call ends everything, such as a recording, calls that may not be sent are held until the last answer is in. */
export function createHold(): Hold {
  const released = new AbortController();
  // Every held call and every wait listens; Node would take more than ten for a leak.
  setMaxListeners(0, released.signal);
  const underWay = new Set<Promise<unknown>>();
  let begun = false;
  const wait = (): Promise<never> =>
    new Promise((_, reject) => {
      const end = (): void => reject(new TextModelError('aborted', 'The recording has ended.'));
      if (released.signal.aborted) end();
      else released.signal.addEventListener('abort', end, { once: true });
    });
  const begin = (): void => {
    if (begun) return;
    begun = true;
    void Promise.allSettled(underWay).then(() => setImmediate(() => released.abort()));
  };
  return {
    begin,
    underWay: () => underWay.size,
    clock: {
      now: systemClock.now,
      wait: (ms, signal) =>
        systemClock.wait(ms, signal === undefined ? released.signal : AbortSignal.any([signal, released.signal])),
    },
    guard: (model) => ({
      id: model.id,
      generate(request) {
        if (begun) return wait();
        const call = model.generate(request);
        underWay.add(call);
        const forget = (): void => void underWay.delete(call);
        call.then(forget, forget);
        return call;
      },
    }),
    endAt: (model, { ends, onEnd }) => ({
      id: model.id,
      async generate(request) {
        try {
          return await model.generate(request);
        } catch (error) {
          if (!ends(error)) throw error;
          if (!begun) onEnd(error);
          begin();
          return wait();
        }
      },
    }),
  };
}
