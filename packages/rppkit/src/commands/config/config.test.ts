import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { captureCli } from '../../run-cli.fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function writeConfig(): string {
  writeFileSync(join(folder, 'books.csv'), 'reader,book,kind\nr1,b1,x\n');
  const columns = { item: 'book', title: 'book', genre: 'kind' };
  const data = {
    kind: 'files',
    path: 'books.csv',
    order: 'column',
    columns: { user: 'reader', item: 'book' },
    items: { path: 'books.csv', columns },
  };
  const path = join(folder, 'mine.json');
  writeFileSync(path, JSON.stringify({ data, episodes: 64 }));
  return path;
}

describe('rppkit config explain', () => {
  it('prints every field, its value, where it is from and what it means, within 80 columns', async () => {
    const { code, out, err } = await captureCli('config', 'explain', '--data', 'synthetic', '--seed', '3', '--no-plus');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(
      /^Configuration file: none\n\ndata\.kind: synthetic {2}\(flag --data\)\n {4}synthetic: a world/,
    );
    expect(out).toContain('\nseed: 3  (flag --seed)\n    decides every random choice (default: 1)\n');
    expect(out).toContain('\ntemperature: not set  (default)\n    sampling temperature, 0 to 2');
    expect(out).toContain('\nplus: not set  (flag --no-plus)\n');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('prints JSON', async () => {
    const { code, out } = await captureCli(
      'config',
      'explain',
      '--config',
      writeConfig(),
      '--title-column',
      'kind',
      '--json',
    );
    expect(code).toBe(0);
    const { file, fields } = JSON.parse(out);
    expect(file).toMatch(/mine\.json$/);
    const find = (name: string) => fields.find(({ field }: { field: string }) => field === name);
    expect(find('episodes')).toEqual({
      field: 'episodes',
      value: 64,
      from: 'file',
      meaning: 'training episodes, one call a round each, in whole batches (default: 3000)',
    });
    expect(find('data.columns.title')).toMatchObject({ value: 'kind', from: 'flag', flag: '--title-column' });
    // That flag sets another field of RecBole files.
    expect(find('data.titleColumn')).toMatchObject({ value: null, from: 'default' });
    expect(find('data.items.columns.genre')).toMatchObject({
      value: 'kind',
      from: 'file',
      meaning: 'column with this attribute in the file of items',
    });
    expect(find('data.format')).toMatchObject({ value: 'csv', from: 'default' });
    expect(find('plus')).toMatchObject({ value: null, from: 'default' });
    expect(fields.every(({ meaning }: { meaning: string }) => meaning !== '')).toBe(true);
  });

  it('refuses what train refuses', async () => {
    const { code, out, err } = await captureCli('config', 'explain', '--data', 'synthetic', '--candidates', '101');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe('Error: Expected --candidates to be at most 100, received 101. Correct it.\n');
  });
});

describe('rppkit config schema', () => {
  it('prints a JSON Schema that a configuration may name', async () => {
    const { code, out } = await captureCli('config', 'schema');
    expect(code).toBe(0);
    const schema = JSON.parse(out);
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      required: ['data'],
      additionalProperties: false,
      properties: {
        $schema: { type: 'string' },
        seed: { type: 'integer', default: 1, description: 'decides every random choice (default: 1)' },
      },
    });
  });
});
