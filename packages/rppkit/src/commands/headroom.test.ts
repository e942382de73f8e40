import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SimulatorServer, startSimulatorServer } from '@rppkit/simulator/node';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseExperimentConfig } from '../experiment/experiment-config.ts';
import type { HeadroomResults } from '../headroom/headroom-results.ts';
import { type CapturedRun, captureCli } from '../run-cli.fixture.ts';
import { createServerKnowledge } from '../simulate/create-server-knowledge.ts';
// Loaded here, so that nothing below waits for it.
import '../headroom/run-headroom-look.ts';

let folder: string;
let server: SimulatorServer | undefined;
/** The first look with the simulated model, which later tests go on from. */
let first: CapturedRun;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-'));
  first = await look('--json', '--name', 'look');
}, 120_000);

afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
  server = undefined;
});

afterAll(() => rmSync(folder, { recursive: true }));

const sizes = { trainUsers: 60, reportUsers: 20 } as const;
const data = { kind: 'synthetic', preset: 'diverse', users: 120 } as const;
const flags = ['--data', 'synthetic:diverse', '--users', '120', '--train-users', '60', '--report-users', '20'];

const look = (...args: readonly string[]): Promise<CapturedRun> =>
  captureCli('headroom', ...flags, '--calls', '120', '--runs', join(folder, 'runs'), ...args);
const runs = (command: string, ...args: readonly string[]): Promise<CapturedRun> =>
  captureCli('runs', command, ...args, '--runs', join(folder, 'runs'));
const read = (name: string, file: string): string => readFileSync(join(folder, 'runs', name, file), 'utf8');
const readLook = (name: string): HeadroomResults => JSON.parse(read(name, 'headroom.json'));

/** `onRequest` is told of each request, with its number from 1, before it is answered. */
async function startServer(onRequest: (number: number) => void = () => {}): Promise<SimulatorServer> {
  const knowledge = await createServerKnowledge(parseExperimentConfig({ data, ...sizes }), () => {});
  let number = 0;
  server = await startSimulatorServer({
    knowledge,
    latency: { meanMs: 1 },
    async wait() {
      onRequest(++number);
      // The others that were sent are under way by now.
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  });
  vi.stubEnv('OPENAI_API_KEY', 'none');
  vi.stubEnv('OPENAI_BASE_URL', server.url);
  return server;
}

const paid = ['--model', 'openai:simulated-weak', '--concurrency', '4', '--yes'];

describe('rppkit headroom', () => {
  it('prints headroom.json alone with --json', () => {
    const { code, out } = first;
    expect(code).toBe(0);
    expect(out).toBe(read('look', 'headroom.json'));
    const found: HeadroomResults = JSON.parse(out);
    expect(found).toMatchObject({ calls: 120, failed: 0, tasks: 60, data: { users: 120, trainUsers: 60 } });
    expect(found.patterns.map(({ name }) => name)).toEqual(['role', 'history', 'reasoning', 'format']);
    for (const { expressions } of found.patterns) {
      expect(expressions.reduce((sum, { answers }) => sum + answers, 0)).toBe(120);
    }
  });

  it('finds the same again, says it in 80 columns, and what to type next', async () => {
    const { code, out } = await look('--name', 'look');
    expect(code).toBe(0);
    const { timing: _timing, command: _command, ...found } = readLook('look');
    const { timing: _before, command: _first, ...expected } = JSON.parse(first.out) as HeadroomResults;
    expect(found).toEqual(expected);
    const lines = out.split('\n').filter((line) => !line.startsWith('  rppkit ') && !line.includes(folder));
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(out).toMatch(/^\n(Worth training|No sign)/);
    expect(out).toMatch(/rppkit train --data synthetic:diverse --users 120 --train-users 60 --report-users 20 --runs /);
  }, 60_000);

  it('refuses what cannot be a look, and says why', async () => {
    const expectRefusal = async (text: string, ...args: readonly string[]): Promise<void> => {
      const { code, err } = await look(...args);
      expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(text) });
    };
    await expectRefusal('Expected an integer of at least 100.', '--calls', '99');
    await expectRefusal('Expected at least 20 users to train on, received 19', '--train-users', '19');
    await expectRefusal("Unknown option '--episodes'", '--episodes', '64');
    await expectRefusal('received look, a look with another --seed', '--name', 'look', '--seed', '2');
    await expectRefusal('received look, a look of 120 calls', '--name', 'look', '--calls', '130');
    mkdirSync(join(folder, 'runs', 'damaged'));
    writeFileSync(join(folder, 'runs', 'damaged', 'manifest.json'), '{');
    await expectRefusal('received damaged, whose manifest.json is damaged', '--name', 'damaged');
  });

  it('is a run of its own kind: listed, shown, and refused where a policy is needed', async () => {
    expect((await runs('list')).out).toMatch(/look[\s\S]*(no sign|worth training)/);
    const shown = await runs('show', 'look');
    expect(shown.out).toMatch(/(No sign|Worth training)[\s\S]*headroom +120 +120[\s\S]*To go on:\n {2}rppkit /);
    const described = JSON.parse((await runs('show', 'look', '--json')).out);
    expect(described).toMatchObject({
      manifest: { kind: 'headroom', calls: 120 },
      look: { p: readLook('look').p },
      results: null,
    });
    for (const args of [
      ['evaluate', '--run', 'look'],
      ['personalize', '--run', 'look', '--user', 'u1'],
      ['train', '--resume', 'look'],
    ]) {
      const { code, err } = await captureCli(...args, '--runs', join(folder, 'runs'));
      expect({ args, code, err }).toEqual({
        args,
        code: 2,
        err: expect.stringContaining('Expected a run of train, received look, a look of rppkit headroom'),
      });
    }
    expect((await runs('forget', 'look', '--user', 'u1', '--yes')).code).toBe(0);
    expect((await runs('clean', 'look', '--all', '--yes')).code).toBe(0);
    expect(existsSync(join(folder, 'runs', 'look'))).toBe(false);
  });

  it('asks ChatOpenAI for nothing again that was answered before Ctrl-C, in a folder of its own or named', async () => {
    const whole = await startServer();
    expect((await look(...paid, '--name', 'whole')).code).toBe(0);
    expect(whole.requests).toBe(120);
    await whole.close();

    await startServer((number) => {
      if (number === 50) process.emit('SIGINT');
    });
    const interrupted = await look(...paid);
    expect(interrupted).toMatchObject({ code: 3, err: expect.stringContaining('Go on with: rppkit headroom --data') });
    const asked = server!.requests;
    expect(asked).toBeLessThan(60);
    expect(JSON.parse(read('headroom-synthetic-diverse', 'manifest.json'))).toMatchObject({ status: 'interrupted' });
    expect((await runs('show', 'headroom-synthetic-diverse')).out).toContain('# go on with the look');

    const second = await look(...paid);
    expect(second).toMatchObject({ code: 0, err: expect.stringContaining(`Goes on: ${asked} answers are stored`) });
    expect(server!.requests).toBe(120);
    const [{ timing: _whole, run: _run, command: _command, ...expected }, { timing, run, command: _, ...found }] = [
      readLook('whole'),
      readLook('headroom-synthetic-diverse'),
    ];
    expect(found).toEqual(expected);
    expect(timing.calls).toEqual([expect.objectContaining({ fromModel: 120 - asked, fromStore: asked, failed: 0 })]);
    expect(run).toBe('headroom-synthetic-diverse');
  }, 120_000);

  it('stops at a limit and goes on; asks before it spends', async () => {
    await startServer();
    const limited = await look(...paid, '--max-calls', '40', '--seed', '2');
    expect(limited).toMatchObject({ code: 3, err: expect.stringContaining('The limit is reached.') });
    expect(server!.requests).toBe(40);
    const unasked = await look(...paid.slice(0, -1), '--seed', '2', '--input-price', '1', '--output-price', '2');
    expect(unasked.code).toBe(2);
    expect(unasked.err).toMatch(/Goes on: 40 answers[\s\S]*Estimate: 80 calls, .*at your prices 0\.0[\s\S]*or --yes/);
    expect(server!.requests).toBe(40);
  }, 120_000);
});
