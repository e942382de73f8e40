import { assertNotAborted, createAbortError } from './assert-not-aborted.ts';
import { assertAtLeast } from './assert-number.ts';
import { followSignal } from './follow-signal.ts';

/** Time as an argument, so that waiting can be tested without waiting. */
export interface Clock {
  /** Milliseconds since a fixed moment; never decreases. */
  now(): number;
  /**
   * Resolves after `ms` milliseconds, a finite number of at least 0. Rejects with `TextModelError` (`aborted`) as soon as
   * the signal is aborted.
   */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Longer timers fire at once. */
const longestTimerMs = 2 ** 31 - 1;

/** The clock of the machine. A wait may end up to a millisecond early by `now()`, as timers do. */
export const systemClock: Clock = {
  now: () => performance.now(),
  async wait(ms, signal) {
    assertAtLeast('ms', ms, 0);
    let left = ms;
    for (; left > longestTimerMs; left -= longestTimerMs) await waitOnce(longestTimerMs, signal);
    await waitOnce(left, signal);
  },
};

async function waitOnce(ms: number, signal: AbortSignal | undefined): Promise<void> {
  assertNotAborted(signal);
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      unfollow();
      resolve();
    }, ms);
    const unfollow = followSignal(signal, () => {
      clearTimeout(timer);
      reject(createAbortError());
    });
  });
}
