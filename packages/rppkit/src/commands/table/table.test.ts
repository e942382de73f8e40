import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChatServer } from '@rppkit/env/testing';
import { startSimulatorServer } from '@rppkit/simulator/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseExperimentConfig } from '../../experiment/experiment-config.ts';
import { type CapturedRun, captureCli, captureTerminal } from '../../run-cli.fixture.ts';
import { createServerKnowledge } from '../../simulate/create-server-knowledge.ts';
import type { TableReplay } from '../../table/replay-table.ts';
// Loaded here, so that nothing below waits for it.
import '../../table/record-table.ts';
import '../../table/replay-table.ts';

const sizes = { trainUsers: 60, reportUsers: 20 } as const;
const data = { kind: 'synthetic', preset: 'diverse', users: 120 } as const;
const flags = ['--data', 'synthetic:diverse', '--users', '120', '--train-users', '60', '--report-users', '20'];
const extent = ['--tasks', '30', '--prompts', '4', '--orders', '2'];
const paid = ['--model', 'openai:simulated-weak', '--concurrency', '4', '--yes'];
/** 30 tasks, 4 prompts, 2 orders; of users with short histories some come to the same. */
const entries = 240;

let folder: string;
let file: string;
let requests = 0;
let onRequest: (number: number) => void = () => {};
let url: string;
let close: () => Promise<void>;

beforeAll(async () => {
  const knowledge = await createServerKnowledge(parseExperimentConfig({ data, ...sizes }), () => {});
  const server = await startSimulatorServer({
    knowledge,
    latency: { meanMs: 1 },
    async wait() {
      onRequest(++requests);
      // The others that were sent are under way by now.
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  });
  url = server.url;
  close = () => server.close();
  vi.stubEnv('OPENAI_API_KEY', 'none');
  vi.stubEnv('OPENAI_BASE_URL', url);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await close();
});

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-'));
  file = join(folder, 'answers.rpptable');
  requests = 0;
  onRequest = () => {};
});

afterEach(() => rmSync(folder, { recursive: true }));

const record = (...args: readonly string[]): Promise<CapturedRun> =>
  captureCli('table', 'record', ...flags, ...extent, '--out', file, ...args);
const replay = (...args: readonly string[]): Promise<CapturedRun> => captureCli('table', 'replay', file, ...args);

async function expectRefusal(run: Promise<CapturedRun>, text: string): Promise<void> {
  const { code, err } = await run;
  expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(text) });
}

describe('rppkit table', () => {
  it('records, replays the same figures each time, and leaves nothing beside but what a replay needs', async () => {
    const recorded = await record('--json');
    expect(recorded.code).toBe(0);
    expect(JSON.parse(recorded.out)).toMatchObject({
      tasks: 30,
      prompts: 4,
      orders: 2,
      draws: 1,
      entries: { failed: 0 },
    });
    expect(readdirSync(folder).toSorted()).toEqual(['answers.rpptable', 'answers.rpptable.json']);

    const { code, out } = await replay('--json');
    expect(code).toBe(0);
    const found: TableReplay = JSON.parse(out);
    expect(found).toMatchObject({ users: 30, lostUsers: 0, table: { tasks: 30, redacted: false } });
    expect(found.bounds.map(({ id }) => id)).toEqual([
      ...['chance', 'scorer:popularity', 'random', 'best-fixed', 'repeated', 'sequence'],
      ...['swapped', 'context-oracle', 'label-oracle'],
    ]);
    const oracle = found.bounds.find(({ id }) => id === 'context-oracle')!;
    expect(found.headroom.mean).toBeCloseTo(oracle.overBestFixed.mean, 10);
    expect((await replay('--json')).out).toBe(out);

    const shown = await replay();
    expect(shown.out).toMatch(/context oracle[\s\S]*label oracle \(ceiling\)[\s\S]*pattern/);
    expect(Math.max(...shown.out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('keeps every answer under way at Ctrl-C, and asks none again', async () => {
    const whole = join(folder, 'whole.rpptable');
    expect((await record(...paid, '--out', whole)).code).toBe(0);
    const calls = requests;
    expect(calls).toBeLessThanOrEqual(entries);
    requests = 0;
    onRequest = (number) => {
      if (number === 50) process.emit('SIGINT');
    };
    const first = await record(...paid);
    expect(first).toMatchObject({ code: 3, err: expect.stringContaining('Go on with: rppkit table record --out') });
    const asked = requests;
    expect(asked).toBeLessThan(60);
    const second = await record(...paid);
    expect(second).toMatchObject({ code: 0, err: expect.stringContaining(`Goes on: ${asked} answers are recorded`) });
    expect(requests).toBe(calls);
    expect(readFileSync(file).equals(readFileSync(whole))).toBe(true);
    expect(existsSync(`${file}.lock`)).toBe(false);
  }, 120_000);

  it('stops at a limit and goes on; asks before it spends', async () => {
    const limited = await record(...paid, '--max-calls', '40');
    expect(limited).toMatchObject({ code: 3, err: expect.stringContaining('The limit is reached.') });
    expect(requests).toBe(40);
    await expectRefusal(record(...paid.slice(0, -1)), 'Expected a terminal to ask on, or --yes');
    expect(requests).toBe(40);
    await expectRefusal(replay(), 'Expected a response table at');
    expect((await record(...paid)).code).toBe(0);
    expect((await replay()).code).toBe(0);
  }, 120_000);

  it('keeps the answers under way when a call ends the recording, and then says why', async () => {
    const server = await startChatServer({
      answer: ({ index }) => (index === 3 ? { status: 401, body: {} } : { text: '1. a', delayMs: 200 }),
    });
    vi.stubEnv('OPENAI_BASE_URL', server.urls.openai);
    try {
      const failed = await record(...paid);
      expect(failed.code, failed.err).toBe(2);
      expect(failed.err).toMatch(/Waits for 3 answers under way[\s\S]*authentication, HTTP 401/);
      const goesOn = await record(...paid, '--max-calls', '1');
      expect(goesOn.err).toContain('Goes on: 3 answers are recorded');
    } finally {
      vi.stubEnv('OPENAI_BASE_URL', url);
      await server.close();
    }
  }, 30_000);

  it('heeds Ctrl-C while calls wait to be tried again', async () => {
    const server = await startChatServer({
      answer: () => '1. a',
      faults({ index }) {
        if (index === 3) setTimeout(() => process.emit('SIGINT'), 200);
        return { kind: 'rate-limit', retryAfter: '50' };
      },
    });
    vi.stubEnv('OPENAI_BASE_URL', server.urls.openai);
    try {
      const { code, err } = await record(...paid);
      expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('The recording was interrupted.') });
    } finally {
      vi.stubEnv('OPENAI_BASE_URL', url);
      await server.close();
    }
  }, 30_000);

  it('repaints nothing once it has ended, and with --json nothing at all', async () => {
    vi.stubEnv('CI', '');
    vi.stubEnv('TERM', 'xterm');
    const args = ['table', 'record', ...flags, '--tasks', '5', '--prompts', '2'];
    const seen = await captureTerminal(...args, '--out', file);
    expect(seen).toMatchObject({ code: 0, views: 0 });
    expect(seen.err).toContain('\u001b[');
    const plain = await captureTerminal(...args, '--out', join(folder, 'other.rpptable'), '--json');
    expect(plain.code).toBe(0);
    expect(plain.err).not.toContain('\u001b[');
  });

  it('names no user in a redacted table, which only its salt can replay', async () => {
    expect((await record('--redact')).code).toBe(0);
    const bytes = readFileSync(file).toString('latin1');
    await record('--out', join(folder, 'plain.rpptable'));
    const named = /synthetic-diverse:[^:"]+:validation/;
    expect(readFileSync(join(folder, 'plain.rpptable')).toString('latin1')).toMatch(named);
    expect(bytes).not.toMatch(named);
    expect(bytes).toMatch(/"id":"[0-9a-f]{16}"/);
    expect((await replay('--json')).code).toBe(0);
    rmSync(`${file}.salt`);
    await expectRefusal(
      replay(),
      'answers.rpptable.salt to hold 64 hexadecimal characters, the salt of user ids, received no such file',
    );
  });

  it('refuses flags and files that it cannot use, and says why', async () => {
    await expectRefusal(captureCli('table', 'record', ...flags), "'--out <file>' not specified");
    await expectRefusal(record('--prompts', 'some'), 'Expected an integer of at least 1.');
    await expectRefusal(record('--prompts', '99999'), 'Expected --prompts to be at most');
    await expectRefusal(replay(), 'Expected a response table at');
    await record();
    await expectRefusal(record('--orders', '3'), 'which was recorded with another --orders');
    await expectRefusal(record('--seed', '2'), 'which was recorded with another --seed');
    rmSync(`${file}.json`);
    await expectRefusal(replay(), 'answers.rpptable.json beside the table, received none');
    writeFileSync(`${file}.json`, '{}');
    await expectRefusal(replay(), 'Expected the record of a table that can be read');
    truncateSync(file, 200);
    await expectRefusal(replay(), 'Expected');
    writeFileSync(file, '');
    await expectRefusal(replay(), 'Expected');
  });
});
