import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ChatServer, type ChatServerOptions, startChatServer } from '@rppkit/env/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkNode } from '../doctor/check-machine.ts';
import { type CapturedRun, captureCli } from '../run-cli.fixture.ts';
// Loaded here, so that the first test does not wait for them.
import '../experiment/estimate-run.ts';
import '../doctor/probe-model.ts';
import '../doctor/probe-task.ts';
import '../doctor/render-checks.ts';
import '../models/create-ranker.ts';

const key = 'sk-marked-key-0123456789';

let folder: string;
let server: ChatServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

const run = (...args: readonly string[]): Promise<CapturedRun> =>
  captureCli('doctor', '--runs', join(folder, 'runs'), ...args);

async function diagnose(answer: ChatServerOptions['answer'], ...flags: string[]) {
  server = await startChatServer({ answer });
  vi.stubEnv('OPENAI_API_KEY', key);
  vi.stubEnv('OPENAI_BASE_URL', server.urls.openai);
  const { code, out, err } = await run('--model', 'openai:test', '--json', ...flags);
  expect(out + err).not.toContain(key);
  const { checks, estimate } = JSON.parse(out);
  const find = (name: string) => checks.find((check: { name: string }) => check.name === name);
  return { code, err, estimate, find, requests: server.requests };
}

const ranking = '[1] > [2] > [3] > [4] > [5] > [6] > [7] > [8] > [9] > [10]';
const json = JSON.stringify({ ranking: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] });
const usage = { inputTokens: 200, outputTokens: 30 };
const good: ChatServerOptions['answer'] = ({ responseSchema }) => ({
  text: responseSchema === undefined ? ranking : json,
  finishReason: 'stop',
  usage,
});

describe('rppkit doctor', () => {
  it('finds the simulated model and this machine fit, and makes no runs folder', async () => {
    const { code, out, err } = await run();
    expect({ code, err }).toEqual({
      code: 0,
      err: expect.stringMatching(/^At most 4 calls to simulated, of about \d+ tokens each\.\n$/),
    });
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    for (const name of [
      'Node',
      'TensorFlow.js backend',
      'runs folder',
      'keys',
      'model',
      'determinism',
      'structured output',
    ])
      expect(out).toMatch(new RegExp(`^ok +${name}`, 'm'));
    expect(out).toMatch(/52,008\s+calls/);
    expect(existsSync(join(folder, 'runs'))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('asks a paid model four times, and estimates a run from its tokens', async () => {
    const { code, find, estimate, requests } = await diagnose(good, '--input-price', '2', '--output-price', '10');
    expect(code).toBe(0);
    expect(find('keys').found).toMatch(/^set: OPENAI_API_KEY; not set: ANTHROPIC_API_KEY/);
    expect(find('model')).toMatchObject({
      verdict: 'ok',
      found: expect.stringContaining('200 tokens to it and 30 back'),
    });
    expect(requests).toHaveLength(4);
    expect(requests.map(({ body }) => body['temperature'])).toEqual([undefined, 0, 0, undefined]);
    expect(requests[1]!.seed).toBe(requests[2]!.seed);
    // 3,000 calls to search, 47 updates of 64, 4 prompts for each of 2,000 users, less what halving rounds off.
    expect(estimate.calls).toBeGreaterThan(13_900);
    expect(estimate.calls).toBeLessThanOrEqual(14_016);
    expect(estimate.outputTokens).toBe(30 * estimate.calls);
    expect(estimate.inputTokens / estimate.calls).toBeGreaterThan(200);
    expect(estimate.cost).toBeCloseTo((2 * estimate.inputTokens + 10 * estimate.outputTokens) / 1e6, 3);
  });

  it('warns of answers that differ, that cannot be read, and that follow no schema', async () => {
    const { code, find, estimate } = await diagnose(({ index }) => `I cannot rank these (${index}).`);
    expect(code).toBe(0);
    expect(find('model')).toMatchObject({
      verdict: 'warning',
      found: expect.stringContaining('no ranking could be read'),
    });
    expect(find('determinism')).toMatchObject({
      verdict: 'warning',
      found: expect.stringContaining('gave two answers'),
    });
    expect(find('structured output')).toMatchObject({ verdict: 'warning' });
    expect(estimate.cost).toBeNull();
  });

  it('warns of a model that takes neither temperature 0 nor a schema', async () => {
    const refuse = (message: string) => ({ status: 400, body: { error: { message } } });
    const { code, find } = await diagnose((request) => {
      if (request.body['temperature'] === 0) return refuse('temperature must be 1');
      return request.responseSchema === undefined ? good(request) : refuse('no response_format');
    });
    expect(code).toBe(0);
    expect(find('determinism').found).toContain('temperature must be 1');
    expect(find('structured output').found).toContain('no response_format');
  });

  it.each([
    [401, `Incorrect API key provided: ${key}`, 'Check the key.'],
    [404, 'The model does not exist.', 'Check the name of the model and its parameters.'],
    [429, 'No balance.', 'Wait, or check the limits and the balance of the account.'],
    [503, 'Overloaded.', 'Check the base URL and the network.'],
  ])('fails at a %i, after one call', async (status, message, advice) => {
    const { code, err, find, estimate, requests } = await diagnose(() => ({ status, body: { error: { message } } }));
    expect(code).toBe(1);
    expect(err).toMatch(/\nError: Expected no check to fail, received model\. See above\.\n$/);
    expect(find('model')).toMatchObject({ verdict: 'failed', advice });
    expect(find('determinism')).toBeUndefined();
    expect(estimate).toBeNull();
    expect(requests).toHaveLength(1);
  });

  it('asks nothing without the key of the provider', async () => {
    vi.stubEnv('OPENAI_API_KEY', '');
    const { code, out, err } = await run('--model', 'openai:test');
    expect(code).toBe(1);
    expect(out).toContain('Set OPENAI_API_KEY, which openai:test needs.');
    expect(err).toBe('Error: Expected no check to fail, received keys. See above.\n');
  });

  it('fails where the runs folder cannot be made', async () => {
    writeFileSync(join(folder, 'file'), '');
    const { code, out } = await run('--runs', join(folder, 'file', 'runs'));
    expect(code).toBe(1);
    expect(out).toMatch(/^failed +runs folder /m);
  });

  it.each([
    [['--model', 'gpt-4o-mini'], 'Name the provider too.'],
    [['--input-price', '1'], 'Pass the other one, too.'],
    [['--input-price', '-1', '--output-price', '1'], 'Expected a number in [0, 1000000].'],
  ])('refuses %j', async (flags, words) => {
    const { code, err } = await run(...flags);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});

describe('checkNode', () => {
  it.each([
    ['v18.20.0', 'failed'],
    ['v20.18.3', 'failed'],
    ['v20.19.0', 'ok'],
    ['v23.0.0', 'ok'],
  ])('judges %s', (version, verdict) => {
    expect(checkNode(version).verdict).toBe(verdict);
  });
});
