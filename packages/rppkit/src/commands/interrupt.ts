import { setMaxListeners } from 'node:events';
import type { RunFolder } from '../run-folder/run-folder.ts';

/** A second Ctrl-C within this many milliseconds is the same one, sent twice by the programs in between. */
const echo = 500;

/**
 * A signal that Ctrl-C (or SIGTERM) aborts. The run's folder says at once that it was interrupted, in case the process does
 * not live long enough to end in order; a second Ctrl-C, later than 500 ms, ends it there and then.
 */
export function listenForInterrupt(folder: RunFolder): { readonly signal: AbortSignal; stop(): void } {
  const controller = new AbortController();
  // Every call under way listens; Node would take more than ten for a leak.
  setMaxListeners(0, controller.signal);
  let first: number | undefined;
  const onSignal = (): void => {
    if (first === undefined) {
      first = performance.now();
      folder.updateManifest({ status: 'interrupted', endedAt: new Date().toISOString() });
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
