import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ReadReport } from './read-interactions.ts';

/** Reads a file of interactions in a process of its own, so that nothing else counts towards its memory. */
export async function measureReadMemory(path: string): Promise<ReadReport> {
  const script = fileURLToPath(new URL('read-interactions.ts', import.meta.url));
  const child = fork(script, [path], { execArgv: process.execArgv });
  const [report] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`Expected a report, but the reader ended with ${code}.`)),
    ),
  ])) as [ReadReport];
  child.disconnect();
  return report;
}
