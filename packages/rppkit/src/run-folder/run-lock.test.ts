import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { createRunFolder, type RunFolder } from './run-folder.ts';
import { readLiveLock, takeRun, withRuns } from './run-lock.ts';

let root: string;
let folder: RunFolder;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'locks-'));
  folder = createRunFolder(root, { name: 'run', base: 'run' });
});

afterEach(() => rmSync(root, { recursive: true }));

/** A process that has ended. */
async function findDeadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');
  return child.pid!;
}

const startedAt = '2026-01-01T00:00:00.000Z';
const writeLock = (pid: number, host = hostname()): void =>
  folder.write('lock', JSON.stringify({ pid, host, startedAt }));

describe('takeRun', () => {
  it('lets one process work on a run at a time', () => {
    const release = takeRun(folder.path);
    expect(readLiveLock(folder.path)).toMatchObject({ pid: process.pid, host: hostname() });
    expect(() => takeRun(folder.path)).toThrow(UsageError);
    expect(() => takeRun(folder.path)).toThrow(`on which process ${process.pid} of ${hostname()} has worked since`);
    release();
    expect(readLiveLock(folder.path)).toBeUndefined();
    takeRun(folder.path)();
    expect(existsSync(folder.resolve('lock.taking'))).toBe(false);
  });

  it('takes over from a process that was killed, and from a lock that says nothing', async () => {
    writeLock(await findDeadProcess());
    expect(readLiveLock(folder.path)).toBeUndefined();
    takeRun(folder.path)();
    folder.write('lock', '{"pid":');
    takeRun(folder.path)();
  });

  it('leaves a run to another machine, whose processes it cannot see', async () => {
    writeLock(await findDeadProcess(), 'elsewhere');
    expect(() => takeRun(folder.path)).toThrow(/of elsewhere has worked since.*remove .*lock/);
  });

  it('waits for nobody who is just taking the run', () => {
    mkdirSync(folder.resolve('lock.taking'), { recursive: true });
    expect(() => takeRun(folder.path)).toThrow(/which another process is just taking/);
  });
});

describe('withRuns', () => {
  it('takes all runs or none, and gives them back', async () => {
    const [first, second] = ['a', 'b'].map((name) => join(root, name)) as [string, string];
    const seen = await withRuns([first, second], () => [first, second].map((path) => readLiveLock(path)?.pid));
    expect(seen).toEqual([process.pid, process.pid]);
    const release = takeRun(second);
    await expect(withRuns([first, second], () => 'never')).rejects.toThrow(second);
    release();
    for (const path of [first, second]) expect(readLiveLock(path)).toBeUndefined();
  });
});
