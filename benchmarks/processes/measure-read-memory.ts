import type { ReadReport } from './read-interactions.ts';
import { runInProcess } from './run-in-process.ts';

/** Reads a file of interactions in a process of its own. */
export function measureReadMemory(path: string): Promise<ReadReport> {
  return runInProcess<ReadReport>('read-interactions.ts', [path]);
}
