import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPatternSpace, type PatternSpace } from '@rppkit/patterns';
import { decodePolicy } from '@rppkit/policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ExperimentResults } from './experiment/results.ts';
import { type CapturedRun, captureCli } from './run-cli.fixture.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'freeze-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const run = (...args: readonly string[]): Promise<CapturedRun> => captureCli(...args, '--runs', folder);
const read = (name: string, file: string): Buffer => readFileSync(join(folder, name, file));
const readResults = (name: string): ExperimentResults => JSON.parse(read(name, 'results.json').toString());
const readSpace = (name: string): PatternSpace =>
  createPatternSpace(decodePolicy(read(name, 'policy.rpp')).header.metadata['space'] as never);

const train = (name: string, ...flags: readonly string[]): Promise<CapturedRun> =>
  run(
    'train',
    ...['--data', 'synthetic:weak-wording', '--users', '200', '--train-users', '60', '--report-users', '10'],
    ...['--episodes', '128', '--batch-size', '32', '--best-fixed-calls', '128', '--name', name, ...flags],
  );

describe('rppkit train --freeze', () => {
  it('gives everybody the sentences of the best fixed prompt and learns the others, beside the controls of all patterns', async () => {
    const { code, out, err } = await train('frozen', '--freeze', 'role, history,format');
    expect(err).toContain('Frozen, for everybody as in the best fixed prompt, whose calls');
    expect(code).toBe(0);
    expect(out.replaceAll('\n', ' ')).toContain('Frozen, for everybody as in the best fixed prompt, whose calls');

    const results = readResults('frozen');
    expect(results.frozen!.map(({ pattern }) => pattern)).toEqual(['role', 'history', 'format']);
    expect(read('frozen', 'report.html').toString()).toContain('Frozen, for everybody as in the best fixed prompt');
    for (const { pattern, id } of results.frozen!) {
      const use = results.patternUse.find((one) => one.pattern === pattern)!;
      expect(use.expressions).toMatchObject([{ id, share: 1, fixed: true }]);
      expect(readSpace('frozen').patterns.find(({ name }) => name === pattern)!.expressions).toMatchObject([{ id }]);
    }
    const learned = results.patternUse.find(({ pattern }) => pattern === 'reasoning')!.expressions;
    expect(learned.length).toBeGreaterThan(1);
    expect(learned.filter(({ fixed }) => fixed)).toHaveLength(1);
    const actions = read('frozen', 'trajectories.jsonl').toString().trim().split('\n');
    expect(new Set(actions.map((line) => JSON.parse(line).actions.history))).toEqual(new Set([0]));

    await train('whole');
    const controls = (name: string): readonly string[] =>
      read(name, 'evaluation.csv')
        .toString()
        .split('\n')
        .filter((line) => !/,rpp(-swapped)?,/.test(line));
    expect(controls('frozen')).toEqual(controls('whole'));
    expect(readResults('whole').frozen).toBeUndefined();

    const user = controls('frozen')[1]!.split(',')[0]!;
    const personal = await run('personalize', '--run', 'frozen', '--user', user);
    expect(personal.err).toContain(`role: ${results.frozen![0]!.id} (`);
    expect((await run('evaluate', '--run', 'frozen')).code).toBe(0);
    expect(readResults('frozen').rows).toEqual(results.rows);
  }, 300_000);

  it('goes on with a frozen run, of RPP+ too, to the bytes of one that was not interrupted, and refines no frozen pattern', async () => {
    const flags = ['--freeze', 'role,format', '--plus', '--refine-share', '0.5'];
    await train('entire', ...flags);
    const cut = await train('cut', ...flags, '--max-calls', '200');
    expect(cut.code).toBe(3);
    expect((await run('train', '--resume', 'cut')).code).toBe(0);
    for (const file of ['trajectories.jsonl', 'metrics.csv', 'lineage.json', 'policy.rpp', 'evaluation.csv']) {
      expect(read('cut', file).equals(read('entire', file))).toBe(true);
    }
    expect(JSON.parse(read('entire', 'config.json').toString()).plus.patterns).toEqual(['reasoning']);
    expect(readResults('entire').refined!.sentences.length).toBeGreaterThan(0);
    const [role, , reasoning] = readSpace('entire').patterns.map(({ expressions }) => expressions.length);
    expect(role).toBe(1);
    expect(reasoning).toBeGreaterThan(readSpace('whole').patterns[2]!.expressions.length);
  }, 300_000);

  it.each([
    [['--freeze', 'tone'], 'Expected --freeze to be one of "role", "history", "reasoning", "format", received "tone"'],
    [['--freeze', 'role,history,reasoning,format'], 'Expected --freeze to be patterns of which at least one is left'],
    [
      ['--freeze', 'role,format', '--plus', '--refine-patterns', 'role'],
      'Expected a pattern to refine that is not frozen, received role,format frozen and role to refine',
    ],
  ])('refuses %j', async (flags, message) => {
    const { code, err } = await train('wrong', ...flags);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^ +at /m);
  });
});
