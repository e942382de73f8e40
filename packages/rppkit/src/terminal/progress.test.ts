import xterm from '@xterm/headless';
import { afterEach, expect, it, vi } from 'vitest';
import { emulateTerminal } from './emulated-terminal.fixture.ts';
import { createProgress } from './progress.ts';

function createEmulatedTerminal(cols: number, rows: number, options: { readonly colour?: boolean } = {}) {
  return emulateTerminal(new xterm.Terminal({ cols, rows, convertEol: true, allowProposedApi: true }), options);
}

afterEach(() => {
  vi.unstubAllEnvs();
});

function runPhases(stream: { isTTY?: boolean; write(text: string): unknown }, options = {}): void {
  const progress = createProgress(stream, options);
  progress.begin('train', 200);
  progress.advance(10);
  progress.update!({ training: { update: 1, updates: 4, reward: { mean: 0.25, low: 0.2, high: 0.3 } } });
  progress.advance(60);
  progress.advance(200);
  progress.end();
  progress.close?.();
}

it.each([
  ['CI', 'true', {}],
  ['TERM', 'dumb', {}],
  ['TERM', 'xterm', { live: false }],
])('writes plain lines to a terminal with %s=%s and %j', (name, value, options) => {
  vi.stubEnv('CI', '');
  vi.stubEnv(name, value);
  const terminal = createEmulatedTerminal(80, 24);
  runPhases(terminal.stream, options);
  expect(terminal.written()).toBe('train: 0/200\ntrain: 60/200  NDCG@10 .250\ntrain: 200/200  NDCG@10 .250\n');
});

it('repaints a view in other terminals', async () => {
  vi.stubEnv('CI', 'false');
  vi.stubEnv('TERM', 'xterm');
  const terminal = createEmulatedTerminal(80, 24);
  runPhases(terminal.stream);
  expect(await terminal.readLines()).toEqual([
    'train ████████████████████████ 200/200',
    'Time        0 s so far',
    'Training    update 1 of 4, NDCG@10 .250 ±.050',
  ]);
});

it('says in a log that the provider wants a pause, once a minute', () => {
  let log = '';
  const progress = createProgress({ write: (text) => (log += text) });
  const rateLimit = { limit: 4, maximum: 16, pausedUntil: performance.now() + 30_000, refused: 1 };
  const calls = { counts: [], inputTokens: 0, outputTokens: 0, cost: null, invalid: {}, underWay: 0 };
  progress.update!({ calls: { ...calls, rateLimit: { ...rateLimit, refused: 0, pausedUntil: 0 } } });
  progress.update!({ calls: { ...calls, rateLimit } });
  progress.update!({ calls: { ...calls, rateLimit: { ...rateLimit, refused: 2 } } });
  expect(log).toMatch(/^Rate limit: paused for \d+ s; 4 instead of 16 calls at a time; 1 refused so far\n$/);
});
