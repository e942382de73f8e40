/** How fast something went lately. */
export interface RateMeter {
  /** Forgets everything. */
  reset(): void;
  /** At `time`, in milliseconds, so much is done. */
  add(time: number, done: number): void;
  /** Undefined before there is a second to judge by, and where nothing moved. */
  perSecond(): number | undefined;
}

/** A meter over the latest `windowMs` milliseconds; default 30,000. */
export function createRateMeter({ windowMs = 30_000 }: { readonly windowMs?: number } = {}): RateMeter {
  let samples: { readonly time: number; readonly done: number }[] = [];
  return {
    reset() {
      samples = [];
    },
    add(time, done) {
      samples.push({ time, done });
      // One sample from before the window stays, so that it is covered as a whole.
      const inside = samples.findIndex((sample) => sample.time >= time - windowMs);
      if (inside > 1) samples.splice(0, inside - 1);
    },
    perSecond() {
      const [first, last] = [samples[0], samples.at(-1)];
      if (first === undefined || last === undefined || last.time - first.time < 1000) return undefined;
      const rate = (1000 * (last.done - first.done)) / (last.time - first.time);
      return rate > 0 ? rate : undefined;
    },
  };
}
