import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { captureCli } from '../run-cli.fixture.ts';

const workingFolder = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-init-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(workingFolder);
  rmSync(folder, { recursive: true });
});

const files = ['.gitignore', 'README.md', 'package.json', 'rppkit.config.ts'];

describe('rppkit init', () => {
  it('says as JSON what it wrote', async () => {
    const { code, out } = await captureCli('init', 'new', '--json');
    expect(code).toBe(0);
    const { written, moved, keptPackage } = JSON.parse(out);
    expect(written.map((path: string) => basename(path)).sort()).toEqual(files);
    expect({ moved, keptPackage }).toEqual({ moved: [], keptPackage: false });
  });

  it('writes a project with the next steps', async () => {
    const { code, out, err } = await captureCli('init', 'My project');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('\nNext:\n  cd "My project"\n  npm install\n  npx rppkit train\n');
    expect(readdirSync('My project').sort()).toEqual(files);
    process.chdir('My project');
    const { name, type, dependencies, scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect({ name, type, dependencies }).toEqual({
      name: 'my-project',
      type: 'module',
      dependencies: { rppkit: `^${manifest.version}` },
    });

    expect(scripts).toEqual({ train: 'rppkit train', report: 'rppkit report' });

    // Every command of the README takes the flags that it is given there.
    const commands = [...readFileSync('README.md', 'utf8').matchAll(/npx rppkit (.*?) *(?:#|`|\n)/g)];
    expect(commands.map(([, command]) => command)).toEqual(['train', 'config explain', 'report', 'train --seed 2']);
    const explained = await captureCli('config', 'explain');
    expect(explained).toMatchObject({ code: 0, out: expect.stringContaining('data.users: 600  (file)') });
  });

  it('offers, in comments, fields that can be used', async () => {
    await captureCli('init');
    writeFileSync('interactions.csv', 'userId,itemId,timestamp,title\nu,i,1,t\n');
    const lines = readFileSync('rppkit.config.ts', 'utf8').split('\n');
    const offered = lines.flatMap((line) => /^ +\/\/ {3}(.*)$/.exec(line)?.[1] ?? []).join('\n');
    expect(offered).toMatch(/kind: 'files'(.|\n)*domain: (.|\n)*plus: /);
    writeFileSync('other.config.ts', `export default {\n${offered}\n};\n`);
    const { code, err } = await captureCli('config', 'explain', '--config', 'other.config.ts');
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it.each(['README.md', '.gitignore', 'rppkit.config.ts', 'rppkit.config.json'])(
    'writes nothing where %s exists',
    async (name) => {
      writeFileSync(name, 'mine');
      const { code, out, err } = await captureCli('init');
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toBe(
        `Error: Expected a folder without the files of a project, received "." with ${name}. Pass another folder, or --force to move them aside.\n`,
      );
      expect(readdirSync('.')).toEqual([name]);
    },
  );

  it('--force moves files aside, and says where', async () => {
    for (const name of ['README.md', 'README.md.bak', 'rppkit.config.json']) writeFileSync(name, `my ${name}`);
    const { code, out } = await captureCli('init', '--force');
    expect(code).toBe(0);
    expect(out).toContain('Moved README.md to README.md.bak-2\nMoved rppkit.config.json to rppkit.config.json.bak\n');
    const kept = ['README.md.bak', 'README.md.bak-2', 'rppkit.config.json.bak'];
    expect(kept.map((name) => readFileSync(name, 'utf8'))).toEqual([
      'my README.md.bak',
      'my README.md',
      'my rppkit.config.json',
    ]);
    expect(readdirSync('.').sort()).toEqual([...files, ...kept].sort());
  });

  it('keeps the package.json that npm install has made', async () => {
    writeFileSync('package.json', '{ "dependencies": { "rppkit": "1.0.0" } }');
    const { code, out } = await captureCli('init');
    expect(code).toBe(0);
    expect(out).toContain('Kept package.json as it was\n');
    expect(readFileSync('package.json', 'utf8')).toBe('{ "dependencies": { "rppkit": "1.0.0" } }');
    expect(existsSync('rppkit.config.ts')).toBe(true);
  });

  it('refuses a file as folder', async () => {
    writeFileSync('file', '');
    mkdirSync('inner');
    expect(await captureCli('init', 'file')).toMatchObject({
      code: 2,
      err: expect.stringContaining('which is a file'),
    });
    expect(await captureCli('init', 'inner')).toMatchObject({ code: 0 });
  });
});
