import { TextModelError } from '@rppkit/spec';
import { followSignal } from './follow-signal.ts';

/**
 * What `promise` comes to, or a rejection with what `createError` gives as soon as the signal is aborted; the promise is
 * then left to end by itself, and what it comes to is dropped.
 */
export function waitUnlessAborted<Value>(
  promise: Promise<Value>,
  signal: AbortSignal | undefined,
  createError: () => Error,
): Promise<Value> {
  if (signal === undefined) return promise;
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(createError());
    if (signal.aborted) leave();
    const unfollow = followSignal(signal, leave);
    promise.then(resolve, reject).finally(unfollow);
  });
}

/** The failure of a call that was given up after its request was sent: it may have been answered and billed. */
export function createLateAbortError(): TextModelError {
  return new TextModelError(
    'aborted',
    'Expected a live signal, received an abort during the call. Its answer is dropped.',
    {
      possiblyPaid: true,
    },
  );
}
