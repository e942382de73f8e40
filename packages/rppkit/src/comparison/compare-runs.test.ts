import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExperimentConfigInput, parseExperimentConfig } from '../experiment/experiment-config.ts';
import { captureCli } from '../run-cli.fixture.ts';
import { compareRuns } from './compare-runs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'compare-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface WrittenRun {
  readonly config?: Partial<ExperimentConfigInput>;
  readonly manifest?: object;
  readonly data?: object;
  readonly users?: readonly string[];
  /** NDCG@10 of each user; undefined where a call failed. */
  readonly rpp?: readonly (number | undefined)[];
  readonly fixed?: readonly number[];
  readonly popularity?: readonly number[];
}

/** Writes what a comparison reads of an evaluated run. */
function writeRun(
  name: string,
  {
    config: given = {},
    manifest = {},
    data = {},
    users = ['ann', 'bo "b", jr', 'cem', 'dia'],
    rpp = [1, 0.5, 1, 0.5],
    fixed = [0.5, 0.5, 0.5, 0],
    popularity = [0.25, 0.5, 0.75, 1],
  }: WrittenRun = {},
): void {
  const path = join(folder, name);
  mkdirSync(path);
  const write = (file: string, content: string): void => writeFileSync(join(path, file), content);
  const config = `${JSON.stringify(
    parseExperimentConfig({ data: { kind: 'synthetic', preset: 'diverse', users: 100 }, ...given }),
  )}\n`;
  write('config.json', config);
  const start = { status: 'done', command: 'rppkit train', startedAt: '2026-11-29T12:00:00.000Z' };
  write(
    'manifest.json',
    JSON.stringify({
      ...{ schemaVersion: 1, ...start, seed: 1, model: 'simulated:weak', backend: 'cpu' },
      data: { name: 'synthetic-diverse', checksums: {} },
      configChecksum: createHash('sha256').update(config).digest('hex'),
      ...{ versions: { rppkit: '0.0.0' }, resumptions: [], evaluations: [] },
      ...manifest,
    }),
  );
  const counts = { name: 'synthetic-diverse', trainUsers: 40, reportUsers: 4, lostUsers: 0, candidates: 10, ...data };
  write('results.json', JSON.stringify({ schemaVersion: 1, data: counts }));
  const rows = { popularity, 'best-fixed': fixed, rpp };
  const lines = Object.entries(rows).flatMap(([id, values]) =>
    users.map((user, index) => {
      const quoted = user.includes('"') ? `"${user.replaceAll('"', '""')}"` : user;
      const value = values[index] ?? '';
      return [quoted, id, value, value, value].join(',');
    }),
  );
  write('evaluation.csv', `${['user,system,ndcg@1,ndcg@5,ndcg@10', ...lines].join('\n')}\n`);
}

const compare = (...names: readonly string[]) => captureCli('compare', ...names, '--runs', folder);

describe('compareRuns', () => {
  it('pairs users, takes equal best fixed prompts for one system, and lists the settings that differ', () => {
    writeRun('whole');
    writeRun('no-role', { config: { freeze: ['role'] }, rpp: [0.5, 0.5, 0.5, 0.5] });
    const { comparison, differences } = compareRuns(folder, ['whole', 'no-role'], 'ndcg@10');
    expect(differences).toEqual([{ field: 'freeze', values: ['-', 'role'] }]);
    expect(comparison.systems.map(({ name, results }) => [name, results[0]!.mean])).toEqual([
      ['RPP: whole', 0.75],
      ['RPP: no-role', 0.5],
      ['best fixed: whole, no-role', 0.375],
    ]);
    expect(comparison.correction).toBe('holm');
    const [pair] = comparison.pairs;
    // Differences .5, 0, .5, 0: mean .25, t = .25 / (.28868 / 2) = 1.7321 with 3 degrees of freedom.
    expect(pair).toMatchObject({ first: 'RPP: whole', second: 'RPP: no-role', difference: { mean: 0.25 } });
    expect(pair!.pValue).toBeCloseTo(0.1817, 4);
  });

  it('leaves out users without an answer, up to what the runs allow', async () => {
    writeRun('lost', { rpp: [1, undefined, 1, 0.5] });
    writeRun('strict');
    expect(await compare('strict', 'lost')).toMatchObject({ code: 2, err: expect.stringContaining('received 1 of 4') });
    writeRun('lenient', { config: { allowedLoss: 0.5, model: 'simulated:strong' } });
    expect(compareRuns(folder, ['lenient', 'lost'], 'ndcg@10').comparison).toMatchObject({ users: 3, leftOut: 1 });
  });

  it.each<[string, WrittenRun, string]>([
    ['seed', { config: { seed: 2 } }, 'which differ in seed (1, 2)'],
    ['candidates', { data: { candidates: 20 } }, 'which differ in candidates (10, 20)'],
    [
      'data',
      { config: { data: { kind: 'synthetic', preset: 'null', users: 100 } }, data: { trainUsers: 30 } },
      'which differ in data.preset (diverse, null); trainUsers (40, 30)',
    ],
    [
      'checksums',
      { manifest: { data: { name: 'synthetic-diverse', checksums: { 'u.data': '0123456789abcdef' } } } },
      'which differ in checksum of u.data (-, 0123456789ab…)',
    ],
    [
      'users',
      { users: ['ann', 'bo', 'cem', 'dia'] },
      '1 report user is only in whole, such as "bo \\"b\\", jr", 1 report user is only in other, such as "bo"',
    ],
    ['items', { popularity: [0.25, 0.5, 0.5, 1] }, 'user "cem" has other items to rank in whole than in other'],
  ])('refuses other %s and names the difference', async (_, other, message) => {
    writeRun('whole');
    writeRun('other', other);
    const { code, err } = await compare('whole', 'other');
    expect(code).toBe(2);
    expect(err.replaceAll(/\s+/g, ' ')).toContain(message);
  });
});

describe('rppkit compare', () => {
  it('prints at most 80 columns, Markdown, CSV and JSON', async () => {
    writeRun('a-run-with-a-name-that-is-rather-long-for-a-terminal');
    writeRun('b', {
      manifest: { model: `openai:${'gpt-'.repeat(30)}` },
      config: { model: 'openai:gpt' },
      fixed: [0, 0, 0, 0.5],
    });
    const names = ['a-run-with-a-name-that-is-rather-long-for-a-terminal', 'b'];
    const { code, out } = await compare(...names);
    expect(code).toBe(0);
    expect(out).toContain('what differs');
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(out).toContain('a less b');
    expect((await compare(...names, '--format', 'md')).out).toContain('| a | RPP: a-run');
    expect((await compare(...names, '--format', 'csv', '--metric', 'ndcg@5')).out).toMatch(
      /^metric,system,.*\r\nndcg@5,/,
    );
    const json = JSON.parse((await compare(...names, '--json')).out);
    expect(json.runs).toEqual(names);
    expect(json.comparison.systems).toHaveLength(4);
  });

  it.each<[string, readonly string[], string]>([
    ['no run', [], 'Expected 2 to 12 different runs, received none'],
    ['one run', ['whole'], 'Expected 2 to 12 different runs, received whole'],
    ['a run twice', ['whole', 'whole'], 'Expected 2 to 12 different runs'],
    ['an unknown run', ['whole', '../whole'], 'Expected the name of a run'],
    ['another metric', ['whole', 'b', '--metric', 'mrr'], "'mrr' is invalid"],
    ['two formats', ['whole', 'b', '--json', '--format', 'md'], 'Expected --json or --format, received both'],
    ['a run that was not evaluated', ['whole', 'early'], 'Expected run early to have been evaluated'],
    ['a damaged file', ['whole', 'damaged'], 'evaluation.csv as rppkit wrote it'],
    ['an empty file', ['whole', 'empty'], 'evaluation.csv as rppkit wrote it'],
  ])('refuses %s', async (_, names, message) => {
    for (const name of ['whole', 'b', 'early', 'damaged', 'empty']) writeRun(name);
    rmSync(join(folder, 'early', 'results.json'));
    writeFileSync(join(folder, 'damaged', 'evaluation.csv'), 'user,system,ndcg@1,ndcg@5,ndcg@10\nann,rpp,1,x');
    writeFileSync(join(folder, 'empty', 'evaluation.csv'), '');
    const { code, err } = await compare(...names);
    expect(code).toBe(2);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^ +at /m);
  });
});
