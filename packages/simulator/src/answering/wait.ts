/**
 * Resolves after `ms` milliseconds. Rejects as soon as the signal is aborted. Replace it where waiting must not take time;
 * the `wait` of a `Clock` of `@rppkit/env` is one.
 */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/** The timers of the machine; an abort rejects with the reason of the signal and frees the timer. */
export const waitForTimer: Wait = (ms, signal) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const timer = setTimeout(() => {
      unfollow();
      resolve();
    }, ms);
    const unfollow = follow(signal, () => {
      clearTimeout(timer);
      reject(signal?.reason);
    });
  });

const followers = new WeakMap<AbortSignal, Set<() => void>>();

/** One listener for all that wait on a signal: a batch shares it, and Node warns of more than ten. */
function follow(signal: AbortSignal | undefined, onAbort: () => void): () => void {
  if (signal === undefined) return () => {};
  let waiting = followers.get(signal);
  if (waiting === undefined) {
    const all = new Set<() => void>();
    const abortAll = (): void => {
      for (const callback of all) callback();
    };
    signal.addEventListener('abort', abortAll, { once: true });
    followers.set(signal, all);
    waiting = all;
  }
  waiting.add(onAbort);
  const group = waiting;
  return () => void group.delete(onAbort);
}
