import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { startChatServer } from '@rppkit/env/testing';
import { afterEach, expect, it } from 'vitest';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const dataFolder = process.env['RPPKIT_DATA'];

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Runs the TypeScript examples of a package's README, one after another in one process. */
async function runExamples(
  name: string,
  { cwd = createFolder(), variables = {} }: { readonly cwd?: string; readonly variables?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  const readme = readFileSync(new URL(`../../${name}/README.md`, import.meta.url), 'utf8');
  const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code!);
  expect(examples.length).toBeGreaterThan(0);
  const scripts = createFolder();
  for (const [index, code] of examples.entries()) writeFileSync(join(scripts, `example-${index}.ts`), code);
  const main = join(scripts, 'main.ts');
  const imports = examples.map((_, index) => `await import('./example-${index}.ts');`);
  writeFileSync(main, `${imports.join('\n')}\nexport {};\n`);
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=rppkit-source', '--import', tsx, main],
    { cwd, env: { ...process.env, ...variables } },
  );
  return `${examples.length} examples\n${stdout}`;
}

/** Inside this package, whose dependencies are all the others. */
function createFolder(): string {
  const folder = mkdtempSync(join(packageFolder, '.readme-'));
  folders.push(folder);
  return folder;
}

it('@rppkit/metrics: the examples of the README run', async () => {
  const output = await runExamples('metrics');
  expect(output).toContain('8 examples');
  expect(output).toContain('\\begin{table}');
});

it('@rppkit/patterns: the examples of the README run', async () => {
  const output = await runExamples('patterns');
  expect(output).toContain('4 examples');
  expect(output).toContain('Put the candidates in the order');
  expect(output).toContain('电影');
});

it('@rppkit/marl: the example of the README runs', async () => {
  const output = await runExamples('marl');
  expect(output).toContain('1 examples');
  expect(output).toMatch(/^(budget|early-stopping) 1$/m);
  expect(output).toMatch(/'agent-0': Int32Array\(1\) \[ 1 \]/);
}, 90_000);

it('@rppkit/refiner: the examples of the README run', async () => {
  const output = await runExamples('refiner');
  expect(output).toContain('2 examples');
  expect(output).toMatch(/^by-history~1 .*\{itemsNoun\}/m);
  expect(output).toMatch(/^reasoning: \S+~1 is tested$/m);
}, 90_000);

it('@rppkit/env: the examples of the README run, against a local server', async () => {
  const server = await startChatServer({ answer: () => '1. Aliens (1986)\n2. Heat (1995)\n3. Clueless (1995)' });
  try {
    const variables = { OPENAI_API_KEY: 'none', OPENAI_BASE_URL: server.urls.openai };
    const output = await runExamples('env', { variables });
    expect(output).toContain('3 examples');
    expect(output).toMatch(/^1 \{/m);
    expect(output).toContain("reason: 'refusal'");
    expect(output).toContain("[ 'Alien (1979)', 'Heat (1995)' ]");
    expect(server.requests).toHaveLength(1);
  } finally {
    await server.close();
  }
});

it.skipIf(dataFolder === undefined)(
  '@rppkit/recommenders: the examples of the README run (skipped unless RPPKIT_DATA names their folder)',
  async () => {
    const output = await runExamples('recommenders', { cwd: dataFolder! });
    expect(output).toContain('3 examples');
    expect(output).toMatch(/id: 'rug'/);
    expect(output).toMatch(/^\{.*\} \d+ 0\.0[5-9]/m);
  },
  180_000,
);

it('@rppkit/search: the example of the README runs', async () => {
  const output = await runExamples('search');
  expect(output).toContain('1 examples');
  expect(output).toMatch(/context oracle/);
  expect(output).toMatch(/^0\.[4-7]\d+$/m);
}, 60_000);

it('@rppkit/simulator: the examples of the README run', async () => {
  const output = await runExamples('simulator');
  expect(output).toContain('4 examples');
  expect(output).toContain("model: 'simulated-weak'");
  expect(output).toContain('vector: Float32Array(2)');
});

it.skipIf(dataFolder === undefined)(
  '@rppkit/datasets: the examples of the README run (skipped unless RPPKIT_DATA names data)',
  async () => {
    expect(await runExamples('datasets', { cwd: dataFolder! })).toContain('interactions: 100000');
  },
);

it('rppkit: the examples of the README run', async () => {
  const output = await runExamples('rppkit');
  expect(output).toContain('2 examples');
  expect(output).toContain("role: 'user'");
}, 60_000);
