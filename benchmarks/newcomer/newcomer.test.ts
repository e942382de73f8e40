import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createRandomStream, samplePermutation } from '@rppkit/spec';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createNewcomerProject, type Finished, type NewcomerProject } from './newcomer-project.ts';

const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
/** So that the whole path takes little more than what installing takes. */
const fewCalls = [
  ...['--train-users', '60', '--report-users', '40', '--episodes', '128', '--best-fixed-calls', '128'],
  ...['--swaps', '2'],
];

let project: NewcomerProject;

beforeAll(async () => {
  project = await createNewcomerProject();
}, 600_000);

afterAll(() => project?.remove(), 600_000);

const rppkit = (...args: readonly string[]): Promise<Finished> => project.run('npx', ['rppkit', ...args]);

/** What everybody sees at the end of a run; then the report anew. */
async function expectReports(run: string, { code, out, err }: Finished): Promise<void> {
  expect({ code, err }).toMatchObject({ code: 0 });
  expect(out).toMatch(/^Personalised prompts (are not shown to )?pay/m);
  expect(out).toContain(`Report: ${join('runs', run, 'report.html')}`);
  const path = join(project.path, 'runs', run, 'report.html');
  const first = await readFile(path, 'utf8');
  expect(first).toMatch(/<h1>[\s\S]*Personalised prompts[\s\S]*<svg[\s\S]*<\/html>/);
  await rm(path);
  expect(await rppkit('report')).toMatchObject({ code: 0, err: `Run: ${run}, the latest\n` });
  expect(await readFile(path, 'utf8')).toBe(first);
}

/** 120 readers who each read 6 to 12 of 80 books. */
function renderBooks(): string {
  const random = createRandomStream('books of a newcomer');
  const rows = ['reader,book,when,title'];
  for (let reader = 0; reader < 120; reader++) {
    const books = samplePermutation(random, 80).subarray(0, 6 + random.integer(7));
    for (const [step, book] of books.entries()) {
      rows.push(`reader-${reader},b${book},${1_700_000_000 + step * 86_400},"Book, number ${book}"`);
    }
  }
  return `${rows.join('\n')}\n`;
}

describe('a newcomer', { timeout: 600_000 }, () => {
  it('installs rppkit with npm, which has nothing to say about peers', async () => {
    const flags = ['--prefer-offline', '--no-audit', '--no-fund'];
    const { code, out, err } = await project.run('npm', ['install', ...flags]);
    expect({ code, err }).toMatchObject({ code: 0 });
    expect(err).not.toMatch(/peer|ERESOLVE/i);
    expect(await project.run('npm', ['ls', '--all', '--silent'])).toMatchObject({ code: 0, err: '' });
    console.log(`${out.trim().split('\n')[0]}: ${await measureMegabytes(join(project.path, 'node_modules'))} MB`);
  });

  it('makes a project', async () => {
    const { code, out, err } = await rppkit('init');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('npx rppkit train');
    expect((await readdir(project.path)).sort()).toEqual([
      ...['.gitignore', 'README.md', 'node_modules', 'package-lock.json', 'package.json', 'rppkit.config.ts'],
    ]);
  });

  it('has a configuration whose types a strict compiler finds, and whose mistakes', async () => {
    const config = await readFile(join(project.path, 'rppkit.config.ts'), 'utf8');
    await writeFile(join(project.path, 'wrong.ts'), config.replace("model: 'simulated'", 'model: 4'));
    const strict = ['--strict', '--noUncheckedIndexedAccess', '--exactOptionalPropertyTypes'];
    const flags = ['--noEmit', ...strict, '--module', 'nodenext', '--target', 'es2022', '--skipLibCheck'];
    const { code, out } = await project.run('node', [compiler, ...flags, 'rppkit.config.ts', 'wrong.ts']);
    expect(code).toBe(2);
    expect(out.match(/^\S.*/gm)).toEqual([
      expect.stringMatching(/^wrong\.ts\(\d+,3\): error TS2322: .*number.*string/),
    ]);
  });

  it('trains with the simulated model, evaluates again and writes the report anew', async () => {
    expect(await rppkit('train')).toMatchObject({ code: 0, err: expect.stringMatching(/^Configuration: /) });
    await expectReports('synthetic-diverse', await rppkit('evaluate', '--run', 'synthetic-diverse'));
  });

  it('does the same with ChatOpenAI and a server of their own', async () => {
    const server = await project.startServer('--port', '0', '--data', 'synthetic:diverse', '--users', '600');
    expect(server.model).toBe('openai:simulated-weak');
    const ask = (...args: readonly string[]): Promise<Finished> =>
      project.run('npx', ['rppkit', ...args], server.environment);
    const train = ['train', '--model', server.model, '--yes', '--name', 'paid', ...fewCalls];
    expect(await ask(...train)).toMatchObject({ code: 0, err: expect.stringContaining('\nEstimate: ') });
    await expectReports('paid', await ask('evaluate', '--run', 'paid'));
    expect((await server.interrupt()).err).toMatch(/^Ended; requests: [\d,]+\.$/m);
  });

  it('does the same with a CSV of their own', async () => {
    await writeFile(join(project.path, 'books.csv'), renderBooks());
    const columns = ['--user-column', 'reader', '--item-column', 'book', '--time-column', 'when'];
    const data = ['--data', 'books.csv', ...columns, '--title-column', 'title', '--domain', 'books'];
    expect(await rppkit('train', ...data, ...fewCalls)).toMatchObject({ code: 0 });
    await expectReports('csv', await rppkit('evaluate', '--run', 'csv'));
    expect(await rppkit('personalize', '--run', 'csv', '--user', 'reader-7')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/books[\s\S]*Book, number \d/),
    });
  });
});

async function measureMegabytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries.flatMap((entry) => (entry.isFile() ? [stat(join(entry.parentPath, entry.name))] : []));
  return Math.round((await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0) / 1e6);
}
