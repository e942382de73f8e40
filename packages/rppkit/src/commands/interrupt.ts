import { setMaxListeners } from 'node:events';

/** A second Ctrl-C within this many milliseconds is the same one, sent twice by the programs in between. */
const echo = 500;

/** A signal that Ctrl-C (or SIGTERM) aborts; a second Ctrl-C, later than 500 ms, ends the process there and then. */
export function listenForInterrupt(): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  // Every call under way listens; Node would take more than ten for a leak.
  setMaxListeners(0, controller.signal);
  let first: number | undefined;
  const onSignal = (): void => {
    if (first === undefined) {
      first = performance.now();
      controller.abort();
    } else if (performance.now() - first > echo) {
      process.exit(3);
    }
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    signal: controller.signal,
    stop() {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}
