import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { packPackages } from '../tarballs/pack-packages.ts';
import { getPlainEnvironment } from '../tarballs/plain-environment.ts';

/** What a command wrote, and its exit code; null where a signal ended it. */
export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder of somebody who has never used rppkit, outside of this repository. */
export interface NewcomerProject {
  readonly path: string;
  /** Runs a program there, with more variables than a terminal has. */
  run(program: string, args: readonly string[], variables?: Readonly<Record<string, string>>): Promise<Finished>;
  /** Starts `npx rppkit simulate-server --json` with more flags, and resolves when it answers. */
  startServer(...flags: readonly string[]): Promise<NewcomerServer>;
  /** Ends what still runs, and removes the folder. */
  remove(): Promise<void>;
}

/** A server of the newcomer, in a process of its own. */
interface NewcomerServer {
  /** What to pass as `--model`. */
  readonly model: string;
  /** The variables that it says to export. */
  readonly environment: Readonly<Record<string, string>>;
  /** Ends it, and npx around it, as Ctrl-C does. */
  interrupt(): Promise<Finished>;
}

/**
 * An empty folder but for a `package.json` that says where npm finds rppkit's packages, packed from this repository, in place of
 * the registry.
 */
export async function createNewcomerProject(): Promise<NewcomerProject> {
  const folder = await mkdtemp(join(tmpdir(), 'rppkit-newcomer-'));
  const path = join(folder, 'project');
  const packed = await packPackages('rppkit', join(folder, 'tarballs'));
  const locations = new Map(Array.from(packed, ([name, tarball]) => [name, `file:${tarball}`]));
  const { rppkit, ...overrides } = Object.fromEntries(locations);
  await mkdir(path);
  await writeFile(join(path, 'package.json'), JSON.stringify({ private: true, dependencies: { rppkit }, overrides }));
  const running = new Set<ChildProcess>();
  // In a group of its own, so that npx and what it starts end together.
  const start = (program: string, args: readonly string[], variables = {}): ChildProcess => {
    const environment = { ...getPlainEnvironment(), OPENAI_API_KEY: '', ...variables };
    const child = spawn(program, args, { cwd: path, env: environment, detached: true });
    running.add(child);
    child.on('close', () => running.delete(child));
    return child;
  };
  return {
    path,
    run: (program, args, variables) => finish(start(program, args, variables)),
    async startServer(...flags) {
      const child = start('npx', ['rppkit', 'simulate-server', '--json', ...flags]);
      const end = finish(child);
      const line = await Promise.race([readLine(child), end.then(({ err }) => Promise.reject(new Error(err)))]);
      const { model, environment } = JSON.parse(line) as NewcomerServer;
      return {
        model,
        environment,
        interrupt() {
          process.kill(-child.pid!, 'SIGINT');
          return end;
        },
      };
    },
    async remove() {
      for (const { pid } of running) process.kill(-pid!, 'SIGKILL');
      await rm(folder, { recursive: true });
    },
  };
}

function finish(child: ChildProcess): Promise<Finished> {
  const written = { out: '', err: '' };
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (written.out += text));
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (written.err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, ...written }));
  });
}

function readLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => createInterface({ input: child.stdout! }).once('line', resolve));
}
