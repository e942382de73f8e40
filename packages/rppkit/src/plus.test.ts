import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPatternSpace, defaultPatterns, movies } from '@rppkit/patterns';
import { decodePolicy } from '@rppkit/policy';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseExperimentConfig } from './experiment/experiment-config.ts';
import { describePlan, planCalls } from './experiment/plan-calls.ts';
import type { ExperimentResults } from './experiment/results.ts';
import { type CapturedRun, captureCli } from './run-cli.fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plus-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const run = (...args: readonly string[]): Promise<CapturedRun> => captureCli(...args, '--runs', folder);

const read = (name: string, file: string): Buffer => readFileSync(join(folder, name, file));

const train = (name: string, ...flags: readonly string[]) =>
  run(
    'train',
    ...['--data', 'synthetic:weak-wording', '--users', '400', '--train-users', '100', '--report-users', '40'],
    ...['--episodes', '640', '--batch-size', '32', '--best-fixed-calls', '128', '--swaps', '2'],
    ...['--name', name, ...flags],
  );

describe('rppkit train --plus', () => {
  it('refines within what was announced, tells what came of it, leaves the same bytes each time, and serves it', async () => {
    const { code, out, err } = await train('plus', '--plus', '--refine-every', '2', '--refine-share', '0.4');
    expect(err).toContain('train and refine 640,');
    expect(code).toBe(0);
    expect(out).toMatch(/RPP\+ refined \d+ sentences: \d+ promoted, \d+ retired, \d+ not decided/);
    expect(out).toContain('\nRPP+, users swapped');

    const results: ExperimentResults = JSON.parse(read('plus', 'results.json').toString());
    const [trained, refining] = ['train', 'refine'].map(
      (name) => results.timing.calls.find(({ phase }) => phase === name)!,
    );
    expect(refining!.announced).toBeNull();
    expect(refining!.fromModel).toBeGreaterThan(0);
    expect(trained!.fromModel + refining!.fromModel).toBeGreaterThan(640 - 32);
    expect(trained!.fromModel + refining!.fromModel).toBeLessThanOrEqual(640);
    expect(results.rows.find(({ id }) => id === 'rpp')!.searchCalls).toBe(trained!.fromModel + refining!.fromModel);
    const { sentences } = results.refined!;
    expect(sentences.length).toBeGreaterThan(0);
    for (const { sentence, parentSentence, notChecked } of sentences) {
      expect(sentence).not.toBe(parentSentence);
      // There is no embedder.
      expect(notChecked).toEqual(['keep-meaning']);
    }
    expect(read('plus', 'report.html').toString()).toContain('<h2>Refined sentences</h2>');

    const lineage = JSON.parse(read('plus', 'lineage.json').toString());
    expect(lineage.children.map(({ id }: { id: string }) => id)).toEqual(sentences.map(({ id }) => id));
    expect(lineage.counts.refineCalls).toBe(refining!.fromModel);
    const { metadata } = decodePolicy(read('plus', 'policy.rpp')).header;
    const space = createPatternSpace(metadata['space'] as never);
    for (const { pattern, id, parent, sentence } of sentences) {
      const { expressions } = space.patterns.find(({ name }) => name === pattern)!;
      expect(expressions.find((one) => one.id === id)).toMatchObject({ parent, template: sentence });
    }

    await train('same', '--plus', '--refine-every', '2', '--refine-share', '0.4');
    for (const file of ['trajectories.jsonl', 'metrics.csv', 'lineage.json', 'policy.rpp', 'evaluation.csv']) {
      expect(read('same', file).equals(read('plus', file))).toBe(true);
    }

    expect((await run('evaluate', '--run', 'plus')).code).toBe(0);
    const again: ExperimentResults = JSON.parse(read('plus', 'results.json').toString());
    expect(again.rows).toEqual(results.rows);
    expect(again.refined).toEqual(results.refined);
    const user = read('plus', 'evaluation.csv').toString().split('\n')[1]!.split(',')[0]!;
    expect((await run('personalize', '--run', 'plus', '--user', user)).code).toBe(0);
  }, 120_000);

  it.each([
    [['--refine-every', '2'], 'Expected --plus beside the flags that begin with --refine'],
    [
      ['--plus', '--refine-patterns', 'tone'],
      'Expected --refine-patterns to be one of "role", "history", "reasoning", "format", received "tone"',
    ],
    [['--plus', '--refine-share', '1'], 'Expected --refine-share to be below 1, received 1'],
    [['--plus', '--refine-every', '0'], 'Expected an integer of at least 1'],
  ])('refuses %j', async (flags, message) => {
    const { code, err } = await train('wrong', ...flags);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^ +at /m);
  });
});

describe('the plan of calls', () => {
  it('takes refinements out of the calls of the training', () => {
    const config = parseExperimentConfig({
      data: { kind: 'synthetic', preset: 'diverse', users: 100 },
      bestFixedCalls: 128,
      swaps: 1,
      plus: {},
    });
    const space = createPatternSpace({ domain: movies, patterns: defaultPatterns });
    const plan = planCalls(config, space, 50);
    expect(describePlan(plan)).toBe('LLM calls: 3,336 (best fixed prompt 128, train and refine 3,008, evaluate 200)');
    expect(plan.get('refine')).toBeNull();
  });
});
