import { RppError } from '@rppkit/spec';
import { assertNotAborted, createAbortError } from '../text-models/assert-not-aborted.ts';
import { assertAtLeast } from '../text-models/assert-number.ts';
import type { Clock } from '../text-models/clock.ts';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** How many waits have not ended. */
  readonly waiting: number;
  /** Moves on by `ms`, ending the waits that fall due in order of time, each before the next is looked for. */
  advance(ms: number): Promise<void>;
  /**
   * Moves on until `promise` settles and returns what it came to. Rejects with an `RppError` of code `CLOCK_IDLE` where
   * nothing waits for time any more and the promise is still open.
   */
  run<Value>(promise: Promise<Value>): Promise<Value>;
}

interface Wait {
  readonly due: number;
  readonly end: () => void;
}

/** A clock for tests that begins at 0 and takes no real time. Waits due at one moment end in the order in which they began. */
export function createManualClock(): ManualClock {
  let now = 0;
  const waits = new Set<Wait>();

  const findNext = (): Wait | undefined => {
    let next: Wait | undefined;
    for (const wait of waits) if (next === undefined || wait.due < next.due) next = wait;
    return next;
  };
  const end = (wait: Wait): Promise<void> => {
    now = Math.max(now, wait.due);
    waits.delete(wait);
    wait.end();
    return settleMicrotasks();
  };

  return {
    now: () => now,
    get waiting() {
      return waits.size;
    },
    async wait(ms, signal) {
      assertAtLeast('ms', ms, 0);
      assertNotAborted(signal);
      await new Promise<void>((resolve, reject) => {
        const leave = (): void => {
          waits.delete(wait);
          reject(createAbortError());
        };
        const wait: Wait = {
          due: now + ms,
          end() {
            signal?.removeEventListener('abort', leave);
            resolve();
          },
        };
        signal?.addEventListener('abort', leave, { once: true });
        waits.add(wait);
      });
    },
    async advance(ms) {
      assertAtLeast('ms', ms, 0);
      const target = now + ms;
      await settleMicrotasks();
      for (let next = findNext(); next !== undefined && next.due <= target; next = findNext()) await end(next);
      now = target;
    },
    async run(promise) {
      let open = true;
      const close = (): void => {
        open = false;
      };
      promise.then(close, close);
      for (await settleMicrotasks(); open; ) {
        const next = findNext();
        if (next === undefined) {
          throw new RppError(
            'CLOCK_IDLE',
            'Expected the promise to settle, received one that waits for no time. Find out what it waits for.',
          );
        }
        await end(next);
      }
      return promise;
    },
  };
}

/** A turn of the event loop comes after all that promises have to do, however long their chains are. */
function settleMicrotasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
