import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

const cli = fileURLToPath(new URL('cli.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

let folder: string;
let child: ChildProcess;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-'));
});

afterEach(() => {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function start(...args: string[]): {
  waitFor(text: string): Promise<void>;
  ended: Promise<number | null>;
  read(): string;
} {
  child = spawn(process.execPath, ['--conditions=rppkit-source', '--import', tsx, cli, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.on('data', (chunk) => {
      output += chunk;
      for (const check of watchers) check();
    });
  }
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    ended,
    read: () => output,
    waitFor: (text) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (output.includes(text)) resolve();
        };
        watchers.add(check);
        check();
        void ended.then(() => reject(new Error(`ended before ${JSON.stringify(text)}: ${output}`)));
      }),
  };
}

describe('rppkit as a program', () => {
  it('keeps what it had when Ctrl-C arrives twice at once, and says that it was interrupted', async () => {
    const run = start(
      'train',
      '--data',
      'synthetic',
      '--users',
      '500',
      '--best-fixed-calls',
      '128',
      '--episodes',
      '10000000',
      '--name',
      'long',
    );
    await run.waitFor('train: 0/');
    const root = join(folder, 'runs', 'long');
    const readLines = () => readFileSync(join(root, 'trajectories.jsonl'), 'utf8').split('\n').slice(0, -1);
    await vi.waitUntil(() => readLines().length > 0, { timeout: 30_000 });
    child.kill('SIGINT');
    child.kill('SIGINT');
    expect(await run.ended).toBe(3);
    expect(run.read().trim().split('\n').at(-1)).toBe(
      'Error: The run was interrupted. What the run had is kept in its folder. Go on with: rppkit train --resume long',
    );
    expect(JSON.parse(readFileSync(join(root, 'manifest.json'), 'utf8'))).toMatchObject({ status: 'interrupted' });
    const lines = readLines();
    expect(lines.length % 64).toBe(0);
    for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
  });

  it('prints its version and exits with 0', async () => {
    const run = start('--version');
    expect(await run.ended).toBe(0);
    expect(run.read()).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('ends in order where nobody reads its output any more', async () => {
    const run = start('--help');
    child.stdout!.destroy();
    expect(await run.ended).toBe(0);
    expect(run.read()).toBe('');
  });

  it('exits with 2 on an unknown flag', async () => {
    const run = start('demo', '--nope');
    expect(await run.ended).toBe(2);
    expect(run.read()).toBe("Error: Unknown option '--nope'\n(Did you mean --name?)\n");
  });
});
