import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TextModel, TextRequest } from '@rppkit/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resumeRpp, trainRpp } from './api/train-rpp.ts';
import { explainConfig } from './configuration/explain-config.ts';
import { resolveConfig } from './configuration/resolve-config.ts';
import { parseExperimentConfig } from './experiment/experiment-config.ts';
import { prepareExperiment } from './experiment/prepare-experiment.ts';
import type { ExperimentResults } from './experiment/results.ts';
import { type CapturedRun, captureCli } from './run-cli.fixture.ts';
import { openRunFolder } from './run-folder/run-folder.ts';
import { findUserAnswers } from './runs/user-answers.ts';

const data = { kind: 'synthetic', preset: 'mild', users: 80 } as const;
const sizes = { trainUsers: 20, reportUsers: 8, episodes: 16, batchSize: 8, bestFixedCalls: 128, swaps: 2 } as const;
const input = { data, preset: 'reference', rounds: 3, ...sizes } as const;

let runs: string;

beforeAll(() => {
  runs = mkdtempSync(join(tmpdir(), 'reference-preset-'));
});

afterAll(() => rmSync(runs, { recursive: true }));

const run = (...args: readonly string[]): Promise<CapturedRun> => captureCli(...args, '--runs', runs);
const read = (name: string, file: string): string => readFileSync(join(runs, name, file), 'utf8');
const readResults = (name: string): ExperimentResults => JSON.parse(read(name, 'results.json'));

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
    [
      { learner: 'reference', plus: {} },
      'plus only with one round and the learner rpp, received the learner reference',
    ],
    [{ rounds: 2, oracleAnswers: 1000 }, 'oracleAnswers to be 0 with several rounds'],
    [{ observation: 'reference' }, 'observation reference only with the learner reference'],
  ])('refuses %j', (other, message) => {
    expect(() => parseExperimentConfig({ data, ...other })).toThrow(`Expected the configuration field ${message}`);
  });

  it('is refused by commands that ask one prompt a ranking', async () => {
    const config = join(runs, 'experiment.json');
    writeFileSync(config, JSON.stringify(input));
    const commands = [['headroom'], ['table', 'record', '--out', join(runs, 'x.rpptable')]];
    for (const command of [...commands, ['compare', '--suite', 'ranking', '--out', join(runs, 'suite')]]) {
      const { code, err } = await captureCli(...command, '--config', config);
      expect(err).toContain('Expected a configuration of one round and the learner rpp for');
      expect(code).toBe(2);
    }
  });
});

describe('a run of several rounds', () => {
  it('trains, evaluates and says what it is', async () => {
    const config = join(runs, 'experiment.json');
    writeFileSync(config, JSON.stringify(input));
    const { code, out, err } = await run('train', '--config', config, '--name', 'whole');
    expect(code, err).toBe(0);
    expect(err).toContain('Preset reference:');
    // 2 batches of 8 in 3 rounds; 8 users: random, fixed, 2 more of it, 3 rounds of RPP and of 2 swaps.
    expect(err).toContain('LLM calls: 280 (best fixed prompt 128, train 48, evaluate 104)');
    expect(out).toContain('The reference setting');
    const { rows, setting, timing, effects, learningCurve } = readResults('whole');
    expect(setting).toMatchObject({ preset: 'reference', rounds: 3, learner: 'reference' });
    expect(effects).toBeNull();
    expect(learningCurve.map(({ episodes, calls }) => [episodes, calls])).toEqual(
      [1, 2, 3, 4, 5, 6].map((update) => [update > 3 ? 16 : 8, 8 * update]),
    );
    expect(timing.calls.every(({ announced, fromModel }) => announced === fromModel)).toBe(true);
    const calls = Object.fromEntries(rows.map(({ id, callsPerRanking = null }) => [id, callsPerRanking]));
    expect(calls).toEqual({
      ...{ chance: null, popularity: null, random: 1, 'best-fixed': 1 },
      ...{ 'best-fixed-repeated': 3, 'rpp-swapped': 3, rpp: 3 },
    });
    expect(read('whole', 'report.html')).toContain('The reference setting');
    expect(JSON.parse(read('whole', 'manifest.json'))).toMatchObject({ preset: 'reference' });
    expect((await run('report', '--run', 'whole', '--format', 'md')).out).toContain('The reference setting');
  });

  it('learns after every round', () => {
    const lines = read('whole', 'trajectories.jsonl').trimEnd().split('\n');
    const rounds = lines.map((line) => JSON.parse(line) as { readonly update: number; readonly round: number });
    expect(rounds).toHaveLength(48);
    expect(rounds.every(({ update, round }) => (update - 1) % 3 === round)).toBe(true);
  });

  it('prints the prompt of the first round, and says so', async () => {
    const user = /"user":"([^"]+)"/.exec(read('whole', 'examples.jsonl'))![1]!;
    const { code, out, err } = await run('personalize', '--run', 'whole', '--user', user);
    expect(code, err).toBe(0);
    expect(err).toContain('Round 1 of 3');
    expect(out.length).toBeGreaterThan(100);
  });

  it('is evaluated with another model', async () => {
    const { code, err } = await run('evaluate', '--run', 'whole', '--model', 'simulated:strong');
    expect(code, err).toBe(0);
    expect(err).toContain('LLM calls: 104 (evaluate 104)');
  });

  it('goes on after an interruption to the same bytes, and asks for no answer again', async () => {
    const { ranker, tasks } = await prepareExperiment(parseExperimentConfig(input), { log: () => {} });
    const asked: string[] = [];
    let stop = Number.POSITIVE_INFINITY;
    let controller = new AbortController();
    const model: TextModel = {
      id: 'watched',
      generate(request: TextRequest) {
        asked.push(JSON.stringify([request.messages, request.sampleIndex]));
        if (asked.length === stop) controller.abort(new Error('stopped'));
        return ranker.model.generate(request);
      },
    };
    const config = { ...input, concurrency: 1 };
    const options = { model, runs };
    const whole = await trainRpp(config, { ...options, name: 'uninterrupted' });
    const calls = asked.length;
    // All answers about a user are found again, whatever round they were given in.
    const { task } = tasks.report[0]!;
    const own = new Set(asked.filter((request) => task.candidates.every(({ title }) => request.includes(title))));
    const found = await findUserAnswers(openRunFolder(runs, 'uninterrupted'), task.user);
    expect(found.keys).toHaveLength(own.size);
    asked.length = 0;
    // In the second round of the second batch, then in that of the evaluation.
    stop = 128 + 24 + 12;
    await expect(trainRpp(config, { ...options, name: 'interrupted', signal: controller.signal })).rejects.toThrow();
    controller = new AbortController();
    stop = 128 + 48 + 30;
    await expect(resumeRpp('interrupted', { ...options, signal: controller.signal })).rejects.toThrow();
    const { timing: _timing, run: _run, ...results } = (await resumeRpp('interrupted', options)).results;
    for (const file of ['trajectories.jsonl', 'metrics.csv', 'evaluation.csv', 'examples.jsonl', 'policy.rpp']) {
      expect(read('interrupted', file) === read('uninterrupted', file), file).toBe(true);
    }
    expect(whole.results).toMatchObject(results);
    expect(asked).toHaveLength(calls);
  }, 180_000);

  it('learns with the learner of this toolkit, too', async () => {
    const { preset: _preset, ...own } = input;
    const { results } = await trainRpp({ ...own, rounds: 2, batchSize: 16 }, { runs, name: 'rpp' });
    expect(results.setting).toEqual({ rounds: 2, patterns: 'default', learner: 'rpp', observation: 'default' });
    expect(read('rpp', 'metrics.csv').trimEnd().split('\n')).toHaveLength(2);
  });
});
