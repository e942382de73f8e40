/** The shortest of several runs in milliseconds: what the code takes when nothing else disturbs it. */
export async function measureBestTime(runs: number, action: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    await action();
    best = Math.min(best, performance.now() - started);
  }
  return best;
}
