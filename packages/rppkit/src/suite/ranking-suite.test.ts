import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKnowledge, createWorld } from '@rppkit/simulator';
import { startSimulatorServer } from '@rppkit/simulator/node';
import { createRandomStream } from '@rppkit/spec';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { captureCli, captureTerminal } from '../run-cli.fixture.ts';
import type { SuiteResults } from './suite-results.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-suite-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const compare = (...args: string[]): ReturnType<typeof captureCli> =>
  captureCli(
    ...['compare', '--suite', 'ranking', '--data', 'synthetic:diverse', '--users', '100', '--calls', '150'],
    ...['--out', join(folder, 'suite'), ...args],
  );

const read = (out: string): SuiteResults => JSON.parse(out) as SuiteResults;
const names = ({ rows }: SuiteResults): string[] => rows.map(({ row }) => row);

it('measures rows on the same users, keeps them, and goes on in the same folder', async () => {
  const rows = 'chance,popularity,item-knn,few-shot,ensemble,bandit,rpp,rpp-swapped,rpp-format-frozen,rpp-transferred';
  const weak = await compare('--rows', rows, '--json');
  expect(weak.code, weak.err).toBe(0);
  const results = read(weak.out);
  expect(names(results)).toEqual(
    rows.replace('ensemble', 'best-fixed,ensemble').replace(',rpp-transferred', '').split(','),
  );
  expect(results.missing).toEqual([{ row: 'rpp-transferred', reason: expect.stringContaining('--transfer-from') }]);
  expect(results.users).toBe(40);
  const find = (name: string) => results.rows.find(({ row }) => row === name)!;
  expect(find('chance').ndcg[10].mean).toBeCloseTo(0.4544, 4);
  expect(find('ensemble')).toMatchObject({ callsPerRanking: 3, searchCalls: find('best-fixed').searchCalls });
  expect(find('rpp')).toMatchObject({ searchCalls: 150, callsPerRanking: 1 });
  expect(readFileSync(join(folder, 'suite/results.json'), 'utf8')).toBe(weak.out);
  expect(readFileSync(join(folder, 'suite/results.md'), 'utf8')).toContain('| best fixed prompt ');

  // The search that found the frozen sentence, and the training.
  expect(find('rpp-format-frozen').searchCalls).toBe(150 + find('best-fixed').searchCalls!);

  const again = read((await compare('--rows', rows, '--json')).out);
  expect({ ...again, timing: null }).toEqual({ ...results, timing: null });
  expect(again.timing.calls.map(({ fromModel }) => fromModel)).toEqual([0, 0, 0, 0]);

  // The policy of the weak model is there already.
  const strong = await compare('--rows', 'item-knn,rpp-transferred', '--model', 'simulated:strong', '--json');
  expect(strong.err).toContain('item-knn: fitted before');
  expect(strong.err).not.toContain('train (');
  expect(names(read(strong.out))).toEqual(['item-knn', 'best-fixed', 'rpp-transferred']);
  expect(read(strong.out).rows[0]!.ndcg).toEqual(find('item-knn').ndcg);
  expect(read(strong.out).rows[2]!.label).toBe('RPP, trained on simulated:weak');

  const other = await compare('--rows', rows, '--candidates', '8');
  expect(other.code).toBe(2);
  expect(other.err).toContain('with config.candidates 10, received 8');

  for (const file of ['simulated_weak/seed-1/rows/bandit.json', 'suite.json']) {
    writeFileSync(join(folder, 'suite', file), '{"schemaVersion":1}');
    const damaged = await compare('--rows', 'bandit');
    expect(damaged.code).toBe(2);
    expect(damaged.err).toMatch(new RegExp(`${file}: .* is damaged`));
  }
}, 120_000);

it('repaints nothing once it has ended, and with --json nothing at all', async () => {
  vi.stubEnv('CI', '');
  vi.stubEnv('TERM', 'xterm');
  const args = ['compare', '--suite', 'ranking', '--data', 'synthetic:diverse', '--users', '40', '--calls', '150'];
  const seen = await captureTerminal(...args, '--rows', 'best-fixed', '--out', join(folder, 'seen'));
  expect(seen).toMatchObject({ code: 0, views: 0 });
  expect(seen.err).toContain('\u001b[');
  const plain = await captureTerminal(...args, '--rows', 'best-fixed', '--out', join(folder, 'plain'), '--json');
  expect(plain.code).toBe(0);
  expect(plain.err).not.toContain('\u001b[');
}, 120_000);

it('refines within the same calls', async () => {
  const { code, out, err } = await compare('--rows', 'rpp-plus-inline,rpp-plus-grow');
  expect(code, err).toBe(0);
  expect(out).toContain('RPP+ inline');
  const { rows } = read(readFileSync(join(folder, 'suite/results.json'), 'utf8'));
  // Those who are served by inline get each of at most 17 sentences refined once more.
  for (const { searchCalls } of rows) expect(searchCalls).toBeLessThanOrEqual(150 + 17);
}, 120_000);

it('estimates what a paid model takes, stops at a limit, and goes on without asking twice', async () => {
  const { dataset } = createWorld({ preset: 'diverse', users: 40, random: createRandomStream('suite') });
  const server = await startSimulatorServer({ knowledge: createKnowledge(dataset, { users: 'all' }) });
  vi.stubEnv('OPENAI_API_KEY', 'none');
  vi.stubEnv('OPENAI_BASE_URL', server.url);
  try {
    const paid = ['--model', 'openai:simulated-weak', '--rows', 'sequential', '--json', '--concurrency', '4'];
    const unasked = await compare(...paid);
    expect(unasked.code).toBe(2);
    // 141 of the halving, two prompts for each of 40 users.
    expect(unasked.err).toContain('Estimate: 221 calls, about');
    expect(unasked.err).toContain('--yes');
    const limited = await compare(...paid, '--yes', '--max-calls', '30');
    expect(limited.code).toBe(3);
    expect(limited.err).toContain('the same command goes on');
    const whole = await compare(...paid, '--yes');
    expect(whole.code, whole.err).toBe(0);
    const counts = read(whole.out).timing.calls;
    const sum = (pick: (one: (typeof counts)[number]) => number): number =>
      counts.reduce((total, one) => total + pick(one), 0);
    // All but those under way when the limit was reached.
    expect(sum(({ fromStore }) => fromStore)).toBeGreaterThanOrEqual(30 - 4);
    expect(sum(({ fromStore, fromModel }) => fromStore + fromModel)).toBe(221);
    // Another seed asks for other draws, and measures the first no more.
    const seeds = read((await compare(...paid, '--yes', '--seeds', '2')).out);
    expect(seeds.timing.calls.map(({ announced }) => announced)).toEqual([141, 0, null, 80]);
    expect(seeds.seeds).toEqual([1, 2]);
    expect(seeds.rows[0]!.ndcg[10].mean).not.toBe(read(whole.out).rows[0]!.ndcg[10].mean);
  } finally {
    await server.close();
  }
}, 120_000);

it.each([
  [['--rows', 'rpp,bpr,nothing'], 'Expected --rows to name rows of chance, popularity'],
  [['--rows', 'rpp', '--skip', 'rpp'], 'Expected --skip to leave a row'],
  [['--max-cost', '1'], 'Expected --input-price and --output-price'],
  [['--model', 'simulated:medium'], 'Expected --model to be simulated:weak'],
])('%j is refused in words', async (args, message) => {
  const { code, err } = await compare(...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
});
