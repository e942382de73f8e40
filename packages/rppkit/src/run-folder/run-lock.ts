import { mkdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { UsageError } from '../usage-error.ts';
import { makeFolder, replaceFile } from './durable-files.ts';

/** `lock` of a run folder: the process that works on the run. */
export interface RunLock {
  readonly pid: number;
  readonly host: string;
  readonly startedAt: string;
}

const lockSchema: z.ZodType<RunLock> = z.object({ pid: z.int().positive(), host: z.string(), startedAt: z.string() });

/**
 * Takes the run in a folder, which is made where it is missing, for this process; the returned function gives it back. A lock that a killed process left is taken over. Throws
 * `UsageError` while another process holds it.
 */
export function takeRun(path: string): () => void {
  const taking = join(path, 'lock.taking');
  makeFolder(path);
  // One process at a time looks and writes.
  try {
    mkdirSync(taking);
  } catch {
    throw new UsageError(
      `Expected a run that nothing works on, received ${path}, which another process is just taking. Wait; if none is, remove ${taking}.`,
    );
  }
  try {
    assertNotRunning(path);
    const own: RunLock = { pid: process.pid, host: hostname(), startedAt: new Date().toISOString() };
    replaceFile(join(path, 'lock'), `${JSON.stringify(own)}\n`);
  } finally {
    rmdirSync(taking);
  }
  return () => rmSync(join(path, 'lock'), { force: true });
}

/** Takes the runs in folders while `action` works on them, all or none. Throws as `takeRun` does. */
export async function withRuns<Result>(
  paths: readonly string[],
  action: () => Result | Promise<Result>,
): Promise<Result> {
  const releases: (() => void)[] = [];
  try {
    for (const path of paths) releases.push(takeRun(path));
    return await action();
  } finally {
    for (const release of releases) release();
  }
}

/**
 * The lock of the run in a folder. Undefined without a lock file, with one that cannot be read, and where its process is gone. A
 * process on another host cannot be asked and counts as alive.
 */
export function readLiveLock(path: string): RunLock | undefined {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(join(path, 'lock'), 'utf8'));
  } catch {
    return undefined;
  }
  const { data: lock } = lockSchema.safeParse(content);
  if (lock === undefined) return undefined;
  return lock.host !== hostname() || isAlive(lock.pid) ? lock : undefined;
}

/** Throws `UsageError` where a process works on the run in this folder. */
export function assertNotRunning(path: string): void {
  const lock = readLiveLock(path);
  if (lock === undefined) return;
  throw new UsageError(
    `Expected a run that nothing works on, received ${path}, on which process ${lock.pid} of ${lock.host} has worked since ${lock.startedAt}. Wait until it ends, or end it; if that process is none of rppkit, remove ${join(path, 'lock')}.`,
  );
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It is there, and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
