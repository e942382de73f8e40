import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SimulatorServer, startSimulatorServer } from '@rppkit/simulator/node';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseExperimentConfig } from './experiment/experiment-config.ts';
import type { ExperimentResults } from './experiment/results.ts';
import { type CapturedRun, captureCli } from './run-cli.fixture.ts';
import { readExamples } from './run-folder/example-file.ts';
import type { RunManifest } from './run-folder/run-manifest.ts';
import { createServerKnowledge } from './simulate/create-server-knowledge.ts';

let folder: string;
let server: SimulatorServer;
const run = (...args: readonly string[]): Promise<CapturedRun> => captureCli(...args, '--runs', folder);
const read = (name: string, file: string): string => readFileSync(join(folder, name, file), 'utf8');
const readResults = (name: string): ExperimentResults => JSON.parse(read(name, 'results.json'));
const readManifest = (name: string): RunManifest => JSON.parse(read(name, 'manifest.json'));

const data = ['--data', 'synthetic:diverse', '--users', '120', '--train-users', '30', '--report-users', '10'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'transfer-'));
  const trained = await run(
    ...['train', ...data, '--episodes', '64', '--batch-size', '32', '--best-fixed-calls', '128', '--name', 'weak'],
  );
  expect(trained.code).toBe(0);
}, 300_000);

afterAll(async () => {
  vi.unstubAllEnvs();
  await server?.close();
  rmSync(folder, { recursive: true });
});

describe('rppkit evaluate --model', () => {
  it('evaluates the policy and the best fixed prompt of a run with another model, in a run of its own', async () => {
    const before = readdirSync(join(folder, 'weak'));
    const results = read('weak', 'results.json');
    const { code, out } = await run('evaluate', '--run', 'weak', '--model', 'simulated:strong');
    expect(code).toBe(0);
    expect(out.replaceAll('\n', ' ')).toContain(
      'RPP was trained on simulated (run weak) and is evaluated on simulated:strong. The best fixed prompt is that of run weak',
    );
    expect(read('weak', 'results.json')).toBe(results);
    expect(readdirSync(join(folder, 'weak'))).toEqual(before);

    const transferred = readResults('weak-on-simulated-strong');
    const own = readResults('weak');
    expect(transferred.transfer).toEqual({ run: 'weak', trainedOn: 'simulated', evaluatedOn: 'simulated:strong' });
    expect(transferred.patternUse).toEqual(own.patternUse);
    const examples = readExamples(join(folder, 'weak-on-simulated-strong'));
    expect(examples.map(({ user, prompt }) => [user, prompt])).toEqual(
      readExamples(join(folder, 'weak')).map(({ user, prompt }) => [user, prompt]),
    );
    expect(transferred.rows[5]!.ndcg).not.toEqual(own.rows[5]!.ndcg);
    expect(transferred.rows.map(({ searchCalls }) => searchCalls)).toEqual(
      own.rows.map(({ searchCalls }) => searchCalls),
    );
    // No call of the training was made in this run.
    expect(transferred.timing.calls.map(({ phase }) => phase)).toEqual(['evaluate']);
    expect(read('weak-on-simulated-strong', 'report.html')).toContain('RPP was trained on simulated (run weak)');
    const { source, status } = readManifest('weak-on-simulated-strong');
    expect(status).toBe('done');
    expect(source).toMatchObject({
      run: 'weak',
      model: 'simulated',
      policyChecksum: expect.stringMatching(/^\w{64}$/),
    });

    const again = await run('evaluate', '--run', 'weak', '--model', 'simulated:strong', '--json');
    expect(JSON.parse(again.out).rows).toEqual(transferred.rows);
    expect((await run('evaluate', '--run', 'weak-on-simulated-strong')).code).toBe(0);
    expect(readResults('weak-on-simulated-strong').transfer).toEqual(transferred.transfer);
    expect((await run('runs', 'list')).out).toContain('weak-on-simulated-strong');
    expect((await run('runs', 'show', 'weak-on-simulated-strong')).out).toContain('of run weak, trained on simulated');
    const compared = await run('compare', 'weak', 'weak-on-simulated-strong', '--json');
    expect(JSON.parse(compared.out).differences.map(({ field }: { field: string }) => field)).toEqual([
      'model',
      'policy',
    ]);
    const { user } = examples[0]!;
    expect((await run('runs', 'forget', 'weak', '--user', user, '--dry-run')).err).toContain(
      'Runs that evaluate its policy: weak-on-simulated-strong.',
    );
    const forgotten = await run('runs', 'forget', 'weak-on-simulated-strong', '--user', user, '--yes');
    expect(forgotten.out).toContain('Removed');
    expect(forgotten.err).toContain('Forget the user there, too.');
    expect((await run('runs', 'clean', 'weak-on-simulated-strong', '--all', '--yes')).code).toBe(0);
  }, 300_000);

  it('asks a paid model only after a yes, goes on by the same command, and asks for no stored answer again', async () => {
    const config = parseExperimentConfig(JSON.parse(read('weak', 'config.json')));
    const knowledge = await createServerKnowledge(config, () => {});
    server = await startSimulatorServer({ knowledge });
    vi.stubEnv('OPENAI_API_KEY', 'none');
    vi.stubEnv('OPENAI_BASE_URL', server.url);
    const evaluate = (...flags: readonly string[]): Promise<CapturedRun> =>
      run('evaluate', '--run', 'weak', '--model', 'openai:simulated-strong', ...flags);

    const asked = await evaluate();
    expect(asked.code).toBe(2);
    expect(asked.err).toContain('Estimate: 40 calls');
    expect(asked.err).toContain('Expected a terminal to ask on, or --yes');
    expect(readdirSync(folder)).toEqual(['weak']);

    const cut = await evaluate('--yes', '--max-calls', '15');
    expect(cut.code).toBe(3);
    expect(cut.err).toContain('Go on with: rppkit evaluate --run weak-on-openai-simulated-strong');
    expect((await run('train', '--resume', 'weak-on-openai-simulated-strong')).err).toContain(
      'which evaluates the policy of run weak',
    );
    expect((await evaluate('--yes')).code).toBe(0);
    const calls = read('weak-on-openai-simulated-strong', 'calls.jsonl').trim().split('\n');
    const paid = calls.filter((line) => JSON.parse(line).cached === false);
    // Prompts of two systems may be the same; none is paid for twice.
    expect(paid.length).toBeLessThanOrEqual(40);
    expect(paid.length).toBeGreaterThan(15);
    const { status, evaluations } = readManifest('weak-on-openai-simulated-strong');
    expect([status, evaluations.length]).toEqual(['done', 1]);
    expect(readResults('weak-on-openai-simulated-strong').transfer!.evaluatedOn).toBe('openai:simulated-strong');
  }, 300_000);

  it.each([
    [['--run', 'none', '--model', 'simulated:strong'], 'Expected --run to name a run'],
    [['--run', 'weak', '--model', 'simulated:weak'], 'Expected --model to be another than that of run weak'],
    [['--run', 'weak', '--model', 'simulated:best'], 'Expected --model to be simulated:weak'],
    [['--run', 'weak', '--name', 'other'], 'Expected --model beside --name'],
    [['--run', 'weak', '--model', 'simulated:strong', '--name', 'weak'], 'received a run of its own'],
  ])('refuses %j', async (flags, message) => {
    const { code, err } = await run('evaluate', ...flags);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(readdirSync(folder)).not.toContain('other');
  });
});
