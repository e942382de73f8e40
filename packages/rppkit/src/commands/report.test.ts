import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type CapturedRun, captureCli } from '../run-cli.fixture.ts';
// Loaded here, so that nothing below waits for it.
import '../experiment/run-experiment.ts';

let template: string;
let folder: string;
let root: string;

beforeAll(async () => {
  template = mkdtempSync(join(tmpdir(), 'rppkit-report-'));
  const sizes = ['--users', '60', '--train-users', '16', '--report-users', '12'];
  const calls = ['--episodes', '64', '--best-fixed-calls', '128'];
  const trained = await captureCli(
    ...['train', '--data', 'synthetic', ...sizes, ...calls, '--runs', join(template, 'runs'), '--name', 'first'],
  );
  expect(trained).toMatchObject({ code: 0 });
}, 60_000);
afterAll(() => rmSync(template, { recursive: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-report-'));
  // As the command line writes it.
  root = relative(process.cwd(), join(folder, 'runs'));
  cpSync(join(template, 'runs'), root, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const report = (...flags: readonly string[]): Promise<CapturedRun> => captureCli('report', ...flags, '--runs', root);
const read = (file: string): string => readFileSync(join(root, 'first', file), 'utf8');
const listExamples = (): readonly { readonly user: string; readonly history: readonly string[] }[] =>
  read('examples.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

function changeManifest(name: string, changes: object): void {
  const path = join(root, name, 'manifest.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...changes }));
}

describe('rppkit report', () => {
  it('writes the report of the latest run with the bytes that training wrote, which hold every user', async () => {
    for (const name of ['older', 'look']) cpSync(join(root, 'first'), join(root, name), { recursive: true });
    changeManifest('older', { startedAt: '2020-01-02T03:04:05.000Z' });
    changeManifest('look', { kind: 'headroom', calls: 10, startedAt: '2100-01-02T03:04:05.000Z' });
    const before = read('report.html');
    writeFileSync(join(root, 'first', 'report.html'), '');
    expect(await report()).toEqual({
      code: 0,
      out: `Report: ${join(root, 'first', 'report.html')}\n`,
      err: 'Run: first, the latest\n',
    });
    expect(read('report.html')).toBe(before);
    const [, packed] = /<script id="explorer-data"[^>]*>([^<]*)</.exec(before)!;
    const views = JSON.parse(gunzipSync(Buffer.from(packed!, 'base64')).toString());
    expect(listExamples()).toHaveLength(12);
    expect(views.map(({ user }: { user: string }) => user)).toEqual(listExamples().map(({ user }) => user));
    expect(before).toContain('Not redacted: it holds ids, histories, candidates, prompts and answers of 12 users.');
  });

  it('prints the figures as Markdown and as JSON, and writes to --out', async () => {
    const results = JSON.parse(read('results.json'));
    const json = await report('--run', 'first', '--format', 'json');
    expect(json).toEqual({ code: 0, out: read('results.json'), err: '' });
    const { out } = await report('--run', 'first', '--format', 'md');
    expect(out).toMatch(/^# rppkit report: first\n\nData: synthetic-diverse, 60 users/);
    expect(out).toMatch(/^\| best fixed prompt \| \d\.\d{3} \[\d\.\d{3}, \d\.\d{3}\] \|/m);
    expect(out).toMatch(/^- RPP less RPP with users swapped: [+-]?\d\.\d{3} \[/m);
    expect(out).toMatch(/^\| RPP \|.*\| [+-]?\d\.\d{3} \[.*\], p (?:=|<) \d\.\d{3} \| – \|/m);
    expect(out.match(/^\| [^|]+ ★ \| \d+\.\d% \|/gm)).toHaveLength(4);
    expect(out).toMatch(/^\| Training \| 64 \|/m);
    expect(out).toMatch(/^\| train \| 64 \| 64 \| 0 \| 0 \|$/m);
    expect(out).toContain(`\n\`\`\`\n${results.command}\n\`\`\`\n`);
    for (const { user } of listExamples()) expect(out).not.toContain(user);
    const file = join(folder, 'deep', 'results.md');
    expect(await report('--run', 'first', '--format', 'md', '--out', file)).toMatchObject({
      code: 0,
      out: `Report: ${file}\n`,
    });
    expect(readFileSync(file, 'utf8')).toBe(out);
    const html = await report('--run', 'first', '--out', '-');
    expect(html).toEqual({ code: 0, out: read('report.html'), err: '' });
  });

  it('redacts: no users, or those asked for with hashed ids, the same ones each time', async () => {
    const [first, second] = listExamples();
    const path = join(root, 'first', 'report-redacted.html');
    expect(await report('--run', 'first', '--redact')).toEqual({ code: 0, out: `Report: ${path}\n`, err: '' });
    const none = readFileSync(path, 'utf8');
    expect(none).toContain('Redacted: it shows no single users.');
    expect(none).not.toContain('explorer-data');
    for (const { user, history } of listExamples()) {
      expect(none).not.toContain(`>${user}<`);
      expect(none).not.toContain(history.at(-1)!);
    }
    await report('--run', 'first', '--redact', '--examples', '1');
    const one = readFileSync(path, 'utf8');
    expect(one).toContain(
      'Redacted: user ids are hashed, and histories, candidates, prompts and answers of 1 user are',
    );
    expect(one).toMatch(/<summary>User <bdi>[0-9a-f]{16}<\/bdi>/);
    expect(one).not.toContain(`>${first!.user}<`);
    expect(one).toContain(first!.history.at(-1));
    expect(one).not.toContain(`<li><bdi>${second!.history.at(-1)}</bdi></li></ol></section>`);
    if (process.platform !== 'win32') {
      expect(statSync(join(root, 'first', 'redaction-salt')).mode & 0o777).toBe(0o600);
    }
    await report('--run', 'first', '--redact', '--examples', '1');
    expect(readFileSync(path, 'utf8')).toBe(one);
    expect(one).not.toContain(read('redaction-salt').trim());
    expect(JSON.parse((await report('--run', 'first', '--redact', '--format', 'json')).out)).toMatchObject({
      redacted: true,
      rows: expect.any(Array),
    });
  });

  it('says how to go on where there are no results', async () => {
    rmSync(join(root, 'first', 'results.json'));
    const ending = (goOn: string) => expect.stringMatching(new RegExp(`Go on with: rppkit ${goOn} first --runs`));
    expect(await report()).toMatchObject({ code: 2, out: '', err: ending('evaluate --run') });
    changeManifest('first', { status: 'interrupted' });
    expect(await report()).toMatchObject({ code: 2, out: '', err: ending('train --resume') });
    changeManifest('first', { source: { run: 'other', model: 'simulated', policyChecksum: '' } });
    expect(await report()).toMatchObject({ code: 2, out: '', err: ending('evaluate --run') });
    changeManifest('first', { kind: 'headroom', calls: 10 });
    expect(await report('--run', 'first')).toMatchObject({
      code: 2,
      err: expect.stringContaining('received first, a look'),
    });
    rmSync(join(root, 'first'), { recursive: true });
    expect(await report()).toMatchObject({ code: 2, err: expect.stringContaining('received none. Train one with') });
  });

  it('names what is missing or wrong, and writes nothing', async () => {
    const before = read('report.html');
    const refuse = async (flags: readonly string[], message: string): Promise<void> => {
      expect(await report('--run', 'first', ...flags)).toMatchObject({
        code: 2,
        out: '',
        err: expect.stringContaining(message),
      });
    };
    await refuse(['--run', 'absent'], 'Expected the name of a run in');
    await refuse(['--format', 'pdf'], 'Allowed choices are html, md, json');
    await refuse(['--format', 'md', '--examples', '2'], 'Expected --examples with --format html only');
    await refuse(['--examples', '-1'], 'Expected an integer of at least 0');
    mkdirSync(join(folder, 'taken'));
    await refuse(['--out', join(folder, 'taken')], 'which is a folder');
    rmSync(join(root, 'first', 'examples.jsonl'));
    await refuse([], 'received no such file. Evaluate it again');
    writeFileSync(join(root, 'first', 'results.json'), '{');
    await refuse([], 'results.json is damaged');
    writeFileSync(
      join(root, 'first', 'lock'),
      JSON.stringify({ pid: process.ppid, host: hostname(), startedAt: '2026-01-02T03:04:05.000Z' }),
    );
    await refuse([], 'has worked since');
    expect(read('report.html')).toBe(before);
    expect(existsSync(join(root, 'first', 'redaction-salt'))).toBe(false);
  });
});
