import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { readConfigFile } from './read-config-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const world = { data: { kind: 'synthetic', preset: 'mild' }, seed: 7 };
const literal = "{ data: { kind: 'synthetic', preset: 'mild' }, seed: 7 }";

describe('readConfigFile', () => {
  it.each([
    ['a.ts', `import { defineExperiment } from 'rppkit';\nexport default defineExperiment(${literal});`],
    [
      'types.ts',
      `import type { Missing } from './missing.ts';\nenum Preset { Mild = 'mild' }\nconst seed: number = await Promise.resolve(7);\nexport default { data: { kind: 'synthetic', preset: Preset.Mild }, seed } satisfies object as Missing;`,
    ],
    ['a.js', `export default ${literal};`],
    ['common.js', `module.exports = ${literal};`],
    ['a.mjs', `import { defineExperiment } from 'rppkit';\nexport default defineExperiment(${literal});`],
    ['promise.ts', `export default Promise.resolve(${literal});`],
    ['a.json', JSON.stringify({ $schema: './schema.json', ...world })],
    ['undefined.ts', `export default { ...${literal}, temperature: undefined, plus: undefined };`],
  ])('reads %s', async (name, content) => {
    const path = write(name, content);
    expect(await readConfigFile(path)).toMatchObject({ path, input: world });
    expect(Object.keys((await readConfigFile(path)).input)).toEqual(['data', 'seed']);
  });

  it('reads the example of the README', async () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const [, example] = /```ts\n(import \{ defineExperiment \} [^`]*)```/.exec(readme)!;
    const { input } = await readConfigFile(write('rppkit.config.ts', example!));
    expect(input).toMatchObject({ data: { path: expect.stringMatching(/books\.csv$/) }, model: 'openai:gpt-4o-mini' });
  });

  it('reads a file that has changed, and what it imports', async () => {
    write('seed.ts', 'export const seed = 1;');
    const path = write('a.ts', `import { seed } from './seed.ts';\nexport default { ...${literal}, seed };`);
    expect((await readConfigFile(path)).input.seed).toBe(1);
    write('seed.ts', 'export const seed = 2;');
    expect((await readConfigFile(path)).input.seed).toBe(2);
  });

  it('takes paths from its own folder', async () => {
    mkdirSync(join(folder, 'inner'));
    const items = { path: '../items.csv', columns: { item: 'id', title: 'name' } };
    const data = { kind: 'files', path: './log.csv', items };
    const path = write('inner/a.json', JSON.stringify({ data }));
    const here = relative(process.cwd(), folder);
    expect((await readConfigFile(path)).input.data).toEqual({
      kind: 'files',
      path: join(here, 'inner', 'log.csv'),
      items: { ...items, path: join(here, 'items.csv') },
    });
  });

  it('takes paths of the configuration that a run keeps from the working folder, where they were typed', async () => {
    const items = { path: '../items.csv', columns: { item: 'id', title: 'name' } };
    const data = { kind: 'files', path: 'log.csv', items };
    write('manifest.json', '{}');
    const content = JSON.stringify({ data });
    expect((await readConfigFile(write('config.json', content))).input.data).toEqual(data);
    const here = relative(process.cwd(), folder);
    expect((await readConfigFile(write('other.json', content))).input.data).toMatchObject({
      path: join(here, 'log.csv'),
    });
  });

  it.each([
    ['a.ts', 'export default {\n  data: 3 4\n};', /^Expected .*a\.ts to be a module.* Unexpected token.*a\.ts:2:11\)/],
    [
      'a.mjs',
      'export default {',
      /^Expected .*a\.mjs to be a module.* Unexpected token .*a\.mjs:1:17\)\. Correct it\.$/,
    ],
    ['a.ts', "throw new Error('no\\nluck');", /received: no luck\. Correct it\.$/],
    ['a.ts', 'throw 3;', /received: 3\. Correct it\.$/],
    [
      'a.ts',
      "import './missing.ts';\nexport default {};",
      /received: Cannot find module '\.\/missing\.ts'\. Correct it\.$/,
    ],
    [
      'a.ts',
      "import { runCli } from 'rppkit';\nexport default { runCli };",
      /only defineExperiment from rppkit, not runCli\./,
    ],
    ['a.ts', '', /a default export, received no export\. Write: export default defineExperiment/],
    ['a.ts', `export const config = ${literal};`, /a default export, received config\. Write/],
    ['a.ts', 'export default undefined;', /a default export, received no export\. Write/],
    ['a.ts', 'export default 3;', /^Expected .*a\.ts to export an object, received 3\./],
    ['a.ts', 'export default () => 3;', /received a function/],
    ['a.ts', "export default Promise.reject(new Error('offline'));", /received: offline\. Correct it\.$/],
    ['a.ts', 'export default [];', /received a list/],
    ['a.ts', 'export default null;', /received null/],
    ['a.ts', 'export default {};', /^Expected data in .*a\.ts to be an object, received nothing\./],
    ['a.ts', `export default { ...${literal}, epochs: 3 };`, /received epochs in .*a\.ts\./],
    [
      'a.ts',
      `export default { ...${literal}, seed: '7' };`,
      /^Expected seed in .*a\.ts to be a number, received "7"\./,
    ],
    ['a.json', '', /^Expected .*a\.json to be JSON, received: Unexpected end of JSON input\./],
    ['a.json', '{\n "data": }', /^Expected .*a\.json to be JSON, received: Unexpected token/],
    ['a.json', '[]', /^Expected .*a\.json to hold an object, received a list\./],
  ])('refuses %s with %j', async (name, content, message) => {
    const reading = readConfigFile(write(name, content));
    await expect(reading).rejects.toThrow(UsageError);
    await expect(reading).rejects.toThrow(message);
  });
});
