import { followSignal } from './follow-signal.ts';
import { createLateAbortError, waitUnlessAborted } from './wait-unless-aborted.ts';

/**
 * Runs a provider's call with a signal of its own, which is aborted with the caller's: clients add listeners for each
 * call, and those of a whole batch would gather on the signal that it shares. At an abort it rejects at once with
 * `TextModelError` (`aborted`, possibly paid), also where the client does not listen. Without a signal there is none.
 */
export async function runWithOwnSignal<Value>(
  signal: AbortSignal | undefined,
  call: (signal: AbortSignal | undefined) => Promise<Value>,
): Promise<Value> {
  if (signal === undefined) return call(undefined);
  const own = new AbortController();
  const unfollow = followSignal(signal, () => own.abort(signal.reason));
  try {
    return await waitUnlessAborted(call(own.signal), signal, createLateAbortError);
  } finally {
    unfollow();
  }
}
