import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startSimulatorServer } from '@rppkit/simulator/node';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { resolveData } from './data/resolve-data.ts';
import { parseExperimentConfig } from './experiment/experiment-config.ts';
import type { ExperimentResults } from './experiment/results.ts';
import { captureCli } from './run-cli.fixture.ts';
import { createServerKnowledge } from './simulate/create-server-knowledge.ts';

const dataFolder = process.env['RPPKIT_DATA'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** The experiment, asked of `ChatOpenAI` with the simulated model behind a local server. */
async function train(data: string, users: number | undefined, ...flags: readonly string[]): Promise<string> {
  const source = await resolveData(data, users, {});
  const config = parseExperimentConfig({ data: source, trainUsers: 64, reportUsers: 24 });
  const server = await startSimulatorServer({ knowledge: await createServerKnowledge(config, () => {}) });
  vi.stubEnv('OPENAI_API_KEY', 'none');
  vi.stubEnv('OPENAI_BASE_URL', server.url);
  try {
    const { code, err } = await captureCli(
      ...['train', '--data', data, ...(users === undefined ? [] : ['--users', String(users)]), ...flags],
      ...['--train-users', '64', '--report-users', '24', '--episodes', '192', '--batch-size', '32'],
      ...['--best-fixed-calls', '128', '--model', 'openai:simulated-weak', '--yes'],
      ...['--runs', folder, '--name', 'run'],
    );
    expect({ code, err }).toMatchObject({ code: 0 });
    const { timing } = readResults();
    const fromModel = timing.calls.reduce((sum, call) => sum + call.fromModel, 0);
    expect(server.requests).toBe(fromModel);
    expect(fromModel).toBeGreaterThan(250);
    return err;
  } finally {
    await server.close();
  }
}

const read = (file: string): string => readFileSync(join(folder, 'run', file), 'utf8');
const readResults = (): ExperimentResults => JSON.parse(read('results.json'));

/** All that a reader of the report is owed. */
function expectFullReport({ rows, verdict, learningCurve, model, data }: ExperimentResults): void {
  const report = read('report.html');
  expect(model).toMatch(/^openai:simulated-weak/);
  expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['chance', 'best-fixed', 'rpp-swapped', 'rpp']));
  for (const { ndcg } of rows) {
    expect(ndcg[10].mean).toBeGreaterThan(0.2);
    expect(ndcg[10].mean).toBeLessThan(1);
  }
  expect(learningCurve.length).toBeGreaterThan(0);
  const users = [...read('examples.jsonl').matchAll(/"user":"([^"]+)"/g)].map(([, user]) => user!);
  expect(new Set(users).size).toBe(data.reportUsers - data.lostUsers);
  expect(report).toContain(verdict.split(/[<>&"']/)[0]);
  for (const { label } of rows) expect(report).toContain(label);
  expect(users.some((user) => report.includes(`User <bdi>${user}</bdi>`))).toBe(true);
  expect(report.match(/<svg/g)!.length).toBeGreaterThanOrEqual(2);
  expect(report).toContain('--model openai:simulated-weak');
}

describe.each([
  ['the synthetic world', 'synthetic:weak-wording', 300, true],
  ['ml-100k', join(dataFolder ?? '', 'ml-100k'), undefined, dataFolder !== undefined],
] as const)('the experiment through ChatOpenAI on %s', { timeout: 120_000 }, (_, data, users, present) => {
  it.skipIf(!present)('ends with the full report of RPP (ml-100k: skipped unless RPPKIT_DATA names it)', async () => {
    await train(data, users);
    const results = readResults();
    expectFullReport(results);
    expect(results.refined).toBeNull();
  });

  it.skipIf(!present)('ends with the full report of RPP+ (ml-100k: skipped unless RPPKIT_DATA names it)', async () => {
    const err = await train(data, users, '--plus', '--refine-every', '2', '--refine-share', '0.5');
    expect(err).toContain('train and refine 192,');
    const results = readResults();
    expectFullReport(results);
    const refining = results.timing.calls.find(({ phase }) => phase === 'refine')!;
    expect(refining.fromModel).toBeGreaterThan(0);
    expect(results.refined!.sentences.length).toBeGreaterThan(0);
    expect(read('report.html')).toContain('<h2>Refined sentences</h2>');
  });
});
