import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readCallCost } from './read-call-cost.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'call-cost-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('sums answers of the model, and counts those of the store, retries, failures and waits', () => {
  const answer = (latencyMs: number, more: object = {}): object => ({
    ...{ phase: 'train', cached: false, attempts: 1, latencyMs, inputTokens: 100, outputTokens: 10, estimated: false },
    ...more,
  });
  const lines = [
    ...Array.from({ length: 20 }, (_, index) => answer(10 * (index + 1))),
    answer(5, { attempts: 3 }),
    answer(9999, { cached: true }),
    { phase: 'train', failure: 'server', possiblyPaid: true },
    { phase: 'train', failure: 'aborted', possiblyPaid: false },
    { wait: 'rate-limit', milliseconds: 400 },
    { wait: 'rate-limit', milliseconds: 600 },
    answer(70, { phase: 'evaluate' }),
  ].map((line) => JSON.stringify(line));
  const path = join(folder, 'calls.jsonl');
  expect(readCallCost(path)).toBeUndefined();
  writeFileSync(path, `${lines.join('\n')}\n{"phase":"tr`);
  expect(readCallCost(path)).toEqual({
    phases: [
      {
        ...{ phase: 'train', answers: 21, fromStore: 1, inputTokens: 2100, outputTokens: 210, retries: 2 },
        // Nearest ranks 11 and 20 of 5, 10, 20, …, 200.
        ...{ failed: 1, possiblyPaid: 1, latencyMs: { p50: 100, p95: 190 } },
      },
      {
        ...{ phase: 'evaluate', answers: 1, fromStore: 0, inputTokens: 100, outputTokens: 10, retries: 0 },
        ...{ failed: 0, possiblyPaid: 0, latencyMs: { p50: 70, p95: 70 } },
      },
    ],
    waits: { 'rate-limit': { count: 2, milliseconds: 1000 } },
  });
});
