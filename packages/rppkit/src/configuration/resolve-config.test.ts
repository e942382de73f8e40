import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addExperimentFlags, type ExperimentFlags } from '../commands/experiment-flags.ts';
import type { ExperimentConfig } from '../experiment/experiment-config.ts';
import { UsageError } from '../usage-error.ts';
import { resolveConfig } from './resolve-config.ts';

const workingFolder = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-config-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(workingFolder);
  rmSync(folder, { recursive: true });
});

function parse(...args: string[]): ExperimentFlags {
  return addExperimentFlags(new Command()).exitOverride().parse(args, { from: 'user' }).opts();
}

async function resolve(config: object | undefined, ...args: string[]): Promise<ExperimentConfig> {
  if (config !== undefined) writeFileSync('rppkit.config.json', JSON.stringify(config));
  return (await resolveConfig(parse(...args))).config;
}

const world = { kind: 'synthetic', preset: 'mild', users: 300 };

/** A CSV file whose columns are those of `books`. */
function writeBooks(): void {
  writeFileSync('books.csv', 'reader,book,title,at\nr1,b1,One,1\n');
  writeFileSync('items.csv', 'id,name,genre,year\nb1,One,x,1990\n');
}

const books = {
  kind: 'files',
  path: 'books.csv',
  columns: { user: 'reader', item: 'book' },
  order: 'column',
  items: { path: 'items.csv', columns: { item: 'id', title: 'name', published: 'year' } },
  kCore: 2,
};

describe('resolveConfig', () => {
  it('takes flags before the file and the file before defaults', async () => {
    const config = { data: world, episodes: 64, seed: 3, plus: { every: 2, share: 0.5 } };
    expect(await resolve(config, '--seed', '4', '--refine-share', '0.1')).toMatchObject({
      data: world,
      episodes: 64,
      seed: 4,
      batchSize: 64,
      plus: { every: 2, share: 0.1, patterns: ['role', 'reasoning', 'format'] },
    });
  });

  it('lets flags take back what the file says of bad lines and quotes', async () => {
    writeBooks();
    const data = { ...books, skipBadLines: true, quotes: false };
    expect((await resolve({ data })).data).toMatchObject({ skipBadLines: true, quotes: false });
    expect((await resolve({ data }, '--no-skip-bad-lines', '--quotes')).data).toMatchObject({
      skipBadLines: false,
      quotes: true,
    });
    const { findOrigin } = await resolveConfig(parse('--no-skip-bad-lines', '--quotes', '--swaps', '3'));
    expect(['data.skipBadLines', 'data.quotes', 'swaps'].map(findOrigin)).toEqual([
      { from: 'flag', flag: '--no-skip-bad-lines' },
      { from: 'flag', flag: '--quotes' },
      { from: 'flag', flag: '--swaps' },
    ]);
    await expect(resolve({ data: world }, '--no-skip-bad-lines', '--quotes')).rejects.toThrow(
      'received --no-skip-bad-lines, --quotes. Leave them out.',
    );
  });

  it('turns RPP+ on and off', async () => {
    expect((await resolve({ data: world }, '--plus')).plus).toEqual({
      every: 1,
      share: 0.2,
      patterns: ['role', 'reasoning', 'format'],
    });
    expect(await resolve({ data: world, plus: {} }, '--no-plus')).not.toHaveProperty('plus');
    expect(await resolve({ data: world }, '--no-plus')).not.toHaveProperty('plus');
    await expect(resolve({ data: world }, '--refine-every', '2')).rejects.toThrow('Add --plus.');
  });

  it('takes the number of users of a world from a flag', async () => {
    expect((await resolve({ data: world }, '--users', '9')).data).toEqual({ ...world, users: 9 });
    expect((await resolve({ data: { kind: 'synthetic', preset: 'null' } })).data).toMatchObject({ users: 5000 });
    await expect(resolve({ data: world }, '--k-core', '9')).rejects.toThrow(
      'with --data synthetic:mild, received --k-core',
    );
  });

  it('puts flags in place of single fields of files', async () => {
    writeBooks();
    const plain = await resolve({ data: books });
    expect(plain.data).toEqual({ ...books, format: 'csv' });
    expect(plain.domain).toBe('products');
    const flags = ['--title-column', 'title', '--time-column', 'at', '--k-core', '1', '--items-title-column', 'id'];
    expect((await resolve({ data: books }, ...flags)).data).toEqual({
      ...books,
      format: 'csv',
      columns: { user: 'reader', item: 'book', title: 'title', time: 'at' },
      items: { path: 'items.csv', columns: { item: 'id', title: 'id', published: 'year' } },
      kCore: 1,
    });
    const more = ['--items', 'books.csv', '--items-attributes', 'genre', '--header', 'a,b', '--no-quotes'];
    expect((await resolve({ data: books }, ...more)).data).toMatchObject({
      items: { path: 'books.csv', columns: { item: 'id', title: 'name', genre: 'genre' } },
      header: ['a', 'b'],
      quotes: false,
    });
    await expect(resolve({ data: books }, '--users', '3')).rejects.toThrow('Expected --users only with synthetic data');
  });

  it('lets --data take the place of all that the file says of data', async () => {
    writeBooks();
    const { data, episodes } = await resolve({ data: books, episodes: 64 }, '--data', 'synthetic:null');
    expect({ data, episodes }).toEqual({ data: { kind: 'synthetic', preset: 'null', users: 5000 }, episodes: 64 });
    const other = await resolve({ data: books }, '--data', 'books.csv', '--order', 'column');
    expect(other.data).toEqual({
      kind: 'files',
      path: 'books.csv',
      format: 'csv',
      order: 'column',
      columns: { user: 'user', item: 'item' },
    });
  });

  it('reads the file that is named, with paths from its folder', async () => {
    writeBooks();
    writeFileSync('other.json', JSON.stringify({ data: books }));
    process.chdir(workingFolder);
    const { config, file } = await resolveConfig(parse('--config', join(folder, 'other.json')));
    const here = relative(workingFolder, folder);
    expect(file).toBe(join(here, 'other.json'));
    expect(config.data).toMatchObject({ path: join(here, 'books.csv'), items: { path: join(here, 'items.csv') } });
  });

  it.each([
    [undefined, [], /^Expected --data or a configuration file, received neither\. .* "rppkit init"/],
    [{ data: world }, ['--domain', 'films'], /^Expected --domain to be one of .* received "films"/],
    [{ data: world, seed: 'x' }, ['--seed', '1'], /^Expected seed in rppkit\.config\.json to be a number/],
    [
      { data: { ...books, path: 'no.csv' } },
      [],
      /^Expected data\.path in rppkit\.config\.json .* "no\.csv", which does not/,
    ],
    [
      { data: { ...books, items: { ...books.items, path: 'no.csv' } } },
      [],
      /^Expected data\.items\.path in rppkit\.config\.json .* "no\.csv", which does not/,
    ],
    [{ data: books }, ['--items', 'no.csv'], /^Expected --items to be the path of a file, received "no\.csv"/],
    [{ data: { ...books, catalogue: 'all' } }, [], /^Expected data\.catalogue in rppkit\.config\.json to be absent/],
    [{ data: books }, ['--catalogue', 'all'], /^Expected --catalogue only with the formats/],
    [{ data: { ...books, order: 'x' } }, [], /^Expected data\.order in rppkit\.config\.json to be one of/],
  ])('refuses %j with %j', async (config, flags, message) => {
    writeBooks();
    const resolving = resolve(config, ...flags);
    await expect(resolving).rejects.toThrow(UsageError);
    await expect(resolving).rejects.toThrow(message);
  });

  it('asks for an order in the words of whoever named the columns', async () => {
    writeBooks();
    const { order: _, ...unordered } = books;
    await expect(resolve({ data: unordered })).rejects.toThrow('nor order in the data of rppkit.config.json.');
    expect((await resolve({ data: unordered }, '--time-column', 'at')).data).toMatchObject({ columns: { time: 'at' } });
    await expect(resolve({ data: books }, '--data', 'books.csv')).rejects.toThrow('nor --order column.');
  });
});

describe('the origin of a field', () => {
  it('is a flag, the file or a default', async () => {
    writeBooks();
    writeFileSync('rppkit.config.json', JSON.stringify({ data: books, episodes: 64, plus: { every: 2 } }));
    const flags = ['--k-core', '1', '--seed', '2', '--no-quotes', '--refine-share', '0.3'];
    const { findOrigin } = await resolveConfig(parse(...flags));
    const list = (...paths: string[]) =>
      paths.map((path) => {
        const origin = findOrigin(path);
        return origin.from === 'flag' ? origin.flag : origin.from;
      });
    expect(list('data.kCore', 'seed', 'data.quotes', 'plus.share')).toEqual([
      '--k-core',
      '--seed',
      '--no-quotes',
      '--refine-share',
    ]);
    expect(list('data.path', 'data.items.columns.published', 'episodes', 'plus.every')).toEqual(Array(4).fill('file'));
    expect(list('data.format', 'batchSize', 'domain', 'plus.patterns')).toEqual(Array(4).fill('default'));
  });

  it('is never the file for data that a flag names', async () => {
    writeFileSync('rppkit.config.json', JSON.stringify({ data: world, plus: {} }));
    const { findOrigin } = await resolveConfig(parse('--data', 'synthetic:null', '--no-plus'));
    expect(['data.kind', 'data.preset', 'data.users', 'plus'].map(findOrigin)).toEqual([
      { from: 'flag', flag: '--data' },
      { from: 'flag', flag: '--data' },
      { from: 'default' },
      { from: 'flag', flag: '--no-plus' },
    ]);
  });
});
