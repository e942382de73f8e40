const queues = new Map<string, Promise<unknown>>();

/** Runs `work` after all earlier work on the same path in this process has ended, however it ended. */
export async function withExclusiveUse<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const mine = (queues.get(path) ?? Promise.resolve()).then(work);
  const settled = mine.catch(() => {});
  queues.set(path, settled);
  try {
    return await mine;
  } finally {
    if (queues.get(path) === settled) queues.delete(path);
  }
}
