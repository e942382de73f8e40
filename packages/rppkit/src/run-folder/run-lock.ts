import { mkdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { UsageError } from '../usage-error.ts';
import { makeFolder, replaceFile } from './durable-files.ts';
import type { RunFolder } from './run-folder.ts';

/** Who works on a run: the content of its file `lock`. */
export interface RunLock {
  readonly pid: number;
  readonly host: string;
  readonly startedAt: string;
}

/**
 * Takes a run for this process; the returned function gives it back. A lock that a killed process left is taken over. Throws
 * `UsageError` while another process holds it.
 */
export function takeRun(folder: RunFolder): () => void {
  const path = folder.resolve('lock');
  const taking = folder.resolve('lock.taking');
  makeFolder(folder.path);
  // One process at a time looks and writes.
  try {
    mkdirSync(taking);
  } catch {
    throw new UsageError(
      `Expected run ${folder.name} to be free, but another process is just taking it. Wait; if no process is, remove ${taking}.`,
    );
  }
  try {
    const holder = readRunLock(folder);
    if (holder !== undefined && isHeld(holder)) {
      const place = holder.host === hostname() ? '' : ` on ${holder.host}`;
      throw new UsageError(
        `Expected run ${folder.name} to be free, but process ${holder.pid}${place} has worked on it since ${holder.startedAt}. Wait until it ends; if it is no rppkit, remove ${path}.`,
      );
    }
    const own: RunLock = { pid: process.pid, host: hostname(), startedAt: new Date().toISOString() };
    replaceFile(path, `${JSON.stringify(own)}\n`);
  } finally {
    rmdirSync(taking);
  }
  return () => rmSync(path, { force: true });
}

/** Who holds a run, or held it when it was killed; undefined where nobody does. A damaged lock is nobody's. */
export function readRunLock(folder: RunFolder): RunLock | undefined {
  try {
    const lock = JSON.parse(readFileSync(folder.resolve('lock'), 'utf8')) as RunLock;
    return Number.isSafeInteger(lock.pid) && typeof lock.host === 'string' ? lock : undefined;
  } catch {
    return undefined;
  }
}

/** Whether the process of a lock lives. Of another machine nobody can tell, so it counts as alive. */
export function isHeld({ pid, host }: RunLock): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // There is such a process, of another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
