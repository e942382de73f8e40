import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { configFileNames, findConfigFile } from './find-config-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, '');
  return path;
}

describe('findConfigFile', () => {
  it.each(configFileNames)('finds %s', (name) => {
    expect(findConfigFile(undefined, folder)).toBeUndefined();
    const path = write(name);
    expect(findConfigFile(undefined, folder)).toBe(path);
  });

  it('refuses several in a folder, by name, unless one of them is named', () => {
    const paths = [write('rppkit.config.ts'), write('rppkit.config.json')];
    expect(() => findConfigFile(undefined, folder)).toThrow(
      `Expected one configuration file, received ${paths.join(' and ')}. Name one with --config, or remove the others.`,
    );
    expect(findConfigFile(paths[1], folder)).toBe(paths[1]);
  });

  it('refuses what cannot be one', () => {
    mkdirSync(join(folder, 'folder.ts'));
    const path = join(folder, 'missing.ts');
    for (const wrong of [path, join(folder, 'folder.ts')]) {
      expect(() => findConfigFile(wrong)).toThrow('which is none. Check the path.');
    }
    const text = write('config.yaml');
    expect(() => findConfigFile(text)).toThrow(UsageError);
    expect(() => findConfigFile(text)).toThrow('a file that ends in .ts, .js, .mjs, .json');
  });
});
