/** Milliseconds of work between two turns for what else is to be done, such as sending the requests of the first calls. */
const turnMs = 3;

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
  const stops: AbortController[] = [];
  let failure: { readonly error: unknown } | undefined;
  const stopAll = (reason: unknown): void => {
    for (const stop of stops) stop.abort(reason);
  };
  const passOn = (): void => stopAll(signal?.reason);
  const fail = (error: unknown): void => {
    failure ??= { error };
    stopAll(error);
  };
  signal?.addEventListener('abort', passOn);
  try {
    const running: Promise<Result>[] = [];
    let since = performance.now();
    for (let index = 0; index < count; index++) {
      const stop = new AbortController();
      stops.push(stop);
      if (signal?.aborted === true) stop.abort(signal.reason);
      const result = run(index, stop.signal);
      result.catch(fail);
      running.push(result);
      if (performance.now() - since < turnMs) continue;
      await new Promise((resolve) => setTimeout(resolve));
      if (failure !== undefined) throw failure.error;
      since = performance.now();
    }
    return await Promise.all(running);
  } catch (error) {
    fail(error);
    throw failure!.error;
  } finally {
    signal?.removeEventListener('abort', passOn);
  }
}
