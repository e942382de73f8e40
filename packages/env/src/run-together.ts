/**
 * Runs `run` for 0 … count-1 at once and resolves with all results. Where one rejects, the signals that the others got are
 * aborted, so that no further call is sent for results that nobody will read; rejects with the first error at once. An
 * abort of `signal` is passed on.
 */
export async function runTogether<Result>(
  count: number,
  run: (index: number, signal: AbortSignal) => Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<readonly Result[]> {
  // A signal each: Node warns of a leak where many calls listen to one, and adding a listener to many takes long.
  const stops = Array.from({ length: count }, () => new AbortController());
  const stopAll = (reason: unknown): void => {
    for (const stop of stops) stop.abort(reason);
  };
  const passOn = (): void => stopAll(signal?.reason);
  if (signal?.aborted === true) passOn();
  signal?.addEventListener('abort', passOn);
  try {
    return await Promise.all(stops.map((stop, index) => run(index, stop.signal)));
  } catch (error) {
    stopAll(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', passOn);
  }
}
