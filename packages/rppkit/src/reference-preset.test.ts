import { readFileSync, rmSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPromptPolicy } from '@rppkit/env';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { explainConfig } from './configuration/explain-config.ts';
import { resolveConfig } from './configuration/resolve-config.ts';
import { parseExperimentConfig } from './experiment/experiment-config.ts';
import type { ExperimentResults } from './experiment/results.ts';
import { readPolicy } from './run-folder/read-run.ts';
import { openRunFolder } from './run-folder/run-folder.ts';
import { captureCli } from './run-cli.fixture.ts';

const data = { kind: 'synthetic', preset: 'mild', users: 120 } as const;
const world = ['--data', 'synthetic:mild', '--users', '120'];
const small = [
  ...[...world, '--preset', 'reference', '--rounds', '3', '--train-users', '40', '--report-users', '20'],
  ...['--episodes', '64', '--batch-size', '32', '--best-fixed-calls', '128', '--swaps', '2'],
];

let runs: string;

beforeAll(() => {
  runs = mkdtempSync(join(tmpdir(), 'reference-preset-'));
});

afterAll(() => rmSync(runs, { recursive: true }));

const read = (name: string, file: string): Buffer => readFileSync(join(runs, name, file));
const readResults = (name: string): ExperimentResults => JSON.parse(read(name, 'results.json').toString());

describe('the preset reference', () => {
  it('fills in the fields that are absent, and flags go before it', async () => {
    expect(parseExperimentConfig({ data, preset: 'reference', seed: 4 })).toMatchObject({
      ...{ preset: 'reference', rounds: 15, patterns: 'reference', learner: 'reference', observation: 'reference' },
      ...{ candidates: 10, trainUsers: 200, reportUsers: 200, episodes: 200, batchSize: 200, seed: 4 },
    });
    const resolved = await resolveConfig({ data: 'synthetic:mild', preset: 'reference', rounds: 4 });
    expect(resolved.config).toMatchObject({ rounds: 4, patterns: 'reference', trainUsers: 200 });
    const origins = new Map(explainConfig(resolved).map(({ field, origin }) => [field, origin]));
    expect(origins.get('rounds')).toEqual({ from: 'flag', flag: '--rounds' });
    expect(origins.get('learner')).toEqual({ from: 'preset' });
    expect(origins.get('swaps')).toEqual({ from: 'default' });
  });

  it.each([
    [{ preset: 'paper' }, 'preset to be "reference", received "paper"'],
    [{ rounds: 2, plus: {} }, 'plus only with one round and the learner rpp, received 2 rounds'],
    [{ rounds: 2, freeze: ['role'] }, 'freeze only with one round and the learner rpp, received 2 rounds'],
    [{ learner: 'reference', plus: {} }, 'plus only with one round and the learner rpp, received the learner reference'],
    [{ rounds: 2, oracleAnswers: 1000 }, 'oracleAnswers to be 0 with several rounds'],
    [{ observation: 'reference' }, 'observation reference only with the learner reference'],
  ])('refuses %j', (input, message) => {
    expect(() => parseExperimentConfig({ data, ...input })).toThrow(`Expected the configuration field ${message}`);
  });

  it('is refused where a ranking is one prompt', async () => {
    const suite = await captureCli('compare', '--suite', 'ranking', '--config', 'none.json');
    expect(suite.code).toBe(2);
  });
});

describe('a run of several rounds', () => {
  it('trains, evaluates and says what it is', async () => {
    const { code, stdout, stderr } = await captureCli('train', ...small, '--name', 'whole', '--runs', runs);
    expect(stderr).toContain('Preset reference:');
    expect(code, stderr).toBe(0);
    // 128 calls, 2 batches of 32 in 3 rounds, 20 users: random, fixed, 2 more of it, 3 of RPP and of 2 swaps.
    expect(stderr).toContain('LLM calls: 580 (best fixed prompt 128, train 192, evaluate 260)');
    expect(stdout).toContain('The reference setting');
    const { rows, setting, timing, effects, learningCurve } = readResults('whole');
    expect(setting).toMatchObject({ preset: 'reference', rounds: 3, learner: 'reference' });
    expect(effects).toBeNull();
    expect(learningCurve).toHaveLength(6);
    expect(learningCurve.at(-1)).toMatchObject({ episodes: 64, calls: 192 });
    expect(timing.calls.every(({ announced, fromModel }) => announced === fromModel)).toBe(true);
    const calls = Object.fromEntries(rows.map(({ id, callsPerRanking = null }) => [id, callsPerRanking]));
    expect(calls).toEqual({
      ...{ chance: null, popularity: null, random: 1, 'best-fixed': 1 },
      ...{ 'best-fixed-repeated': 3, 'rpp-swapped': 3, rpp: 3 },
    });
    expect(read('whole', 'report.html').toString()).toContain('The reference setting');
    expect(JSON.parse(read('whole', 'manifest.json').toString())).toMatchObject({ preset: 'reference' });
  });

  it('writes the rounds of an episode with windows that never shrink', () => {
    const lines = read('whole', 'trajectories.jsonl').toString().trimEnd().split('\n');
    const rounds = lines.map((line) => JSON.parse(line) as { readonly update: number; readonly round: number });
    expect(rounds).toHaveLength(192);
    expect(rounds.every(({ update, round }) => (update - 1) % 3 === round)).toBe(true);
  });

  it('prints the prompt of the first round, and says so', async () => {
    const { users } = JSON.parse('{"users":["1"]}') as { readonly users: readonly string[] };
    const policy = openPromptPolicy(readPolicy(openRunFolder(runs, 'whole')));
    expect(policy.rounds).toBe(3);
    const user = read('whole', 'examples.jsonl').toString().match(/"user":"([^"]+)"/)![1]!;
    const { code, stdout, stderr } = await captureCli('personalize', '--run', 'whole', '--user', user, '--runs', runs);
    expect({ code, users: users.length }).toEqual({ code: 0, users: 1 });
    expect(stderr).toContain('Round 1 of 3');
    expect(stdout).not.toBe('');
  });
});
