import { TextModelError } from '@rppkit/spec';

/** The failure of a call that was given up before it had an answer. */
export function createAbortError(): TextModelError {
  return new TextModelError('aborted', 'Expected a live signal, received an aborted one. No answer was waited for.');
}

/** Throws `TextModelError` (`aborted`) where the signal is aborted. */
export function assertNotAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw createAbortError();
}
