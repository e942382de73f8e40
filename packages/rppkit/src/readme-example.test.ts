import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const example = fileURLToPath(new URL('../../../examples/serve-prompt/serve-prompt.ts', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-'));
  const silent = { write: () => true };
  const small = ['--users', '200', '--episodes', '64', '--best-fixed-calls', '128'];
  const args = ['train', '--data', 'synthetic', ...small, '--runs', join(folder, 'runs'), '--name', 'demo'];
  expect(await runCli(args, { stdout: silent, stderr: silent })).toBe(0);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true }));

it('prints the messages of a prompt for a user who is in no data set', () => {
  const output = execFileSync(process.execPath, ['--conditions=rppkit-source', '--import', tsx, example], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(output).toContain("role: 'user'");
  expect(output).toContain('2. Heat');
  expect(output).toContain('[1] Blade Runner');
});

it('is the example of the README', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  expect(readme).toContain(`\`\`\`ts\n${readFileSync(example, 'utf8')}\`\`\``);
});
