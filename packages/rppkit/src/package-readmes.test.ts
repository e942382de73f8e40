import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, expect, it } from 'vitest';

const packageFolder = fileURLToPath(new URL('..', import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const dataFolder = process.env['RPPKIT_DATA'];

let folder: string | undefined;
afterEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true });
  folder = undefined;
});

/** Runs the TypeScript examples of a package's README, one after another in one process, from the folder `cwd`. */
function runExamples(name: string, cwd: string): string {
  const readme = readFileSync(new URL(`../../${name}/README.md`, import.meta.url), 'utf8');
  const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code!);
  expect(examples.length).toBeGreaterThan(0);
  // Inside this package, whose dependencies are all the others.
  folder = mkdtempSync(join(packageFolder, '.readme-'));
  for (const [index, code] of examples.entries()) writeFileSync(join(folder, `example-${index}.ts`), code);
  const main = join(folder, 'main.ts');
  const imports = examples.map((_, index) => `await import('./example-${index}.ts');`);
  writeFileSync(main, `${imports.join('\n')}\nexport {};\n`);
  const output = execFileSync(process.execPath, ['--conditions=rppkit-source', '--import', tsx, main], {
    cwd,
    encoding: 'utf8',
  });
  return `${examples.length} examples\n${output}`;
}

it('@rppkit/metrics: the examples of the README run', () => {
  const output = runExamples('metrics', packageFolder);
  expect(output).toContain('8 examples');
  expect(output).toContain('\\begin{table}');
});

it.skipIf(dataFolder === undefined)(
  '@rppkit/datasets: the examples of the README run (skipped unless RPPKIT_DATA names data)',
  () => {
    expect(runExamples('datasets', dataFolder!)).toContain('interactions: 100000');
  },
);
