import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Runs a script of this folder in a process of its own, so that nothing else counts towards its memory, and resolves with
 * what it sends. Rejects where it ends without a report.
 */
export async function runInProcess<Report>(script: string, args: readonly string[]): Promise<Report> {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), [...args], { execArgv: process.execArgv });
  const [report] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) =>
      Promise.reject(new Error(`Expected a report from ${script}, but it ended with ${code}.`)),
    ),
  ])) as [Report];
  child.disconnect();
  return report;
}

/** Largest resident memory of this process so far, in units of 1,000,000 bytes. */
export function measurePeakMegabytes(): number {
  // maxRSS counts units of 1,024 bytes.
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}
