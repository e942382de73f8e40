import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { datasetFormats as readable } from '@rppkit/datasets/node';
import { worldPresets } from '@rppkit/simulator';
import { Command } from 'commander';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FilesConfig } from '../experiment/experiment-config.ts';
import { addDataFlags, type DataFlags } from './data-flags.ts';
import { datasetFormats } from './dataset-formats.ts';
import { type LoadedData, loadFiles } from './load-data.ts';
import { resolveData, resolveFiles } from './resolve-data.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rppkit-flags-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function parse(...args: string[]): DataFlags {
  return addDataFlags(new Command()).exitOverride().parse(args, { from: 'user' }).opts();
}

async function load(path: string, ...args: string[]): Promise<LoadedData & { readonly config: FilesConfig }> {
  const config = await resolveFiles(path, 'PATH to be', parse(...args));
  return { config, ...(await loadFiles(config)) };
}

/** Rows as `user item time|position value`, in the order of the log. */
function listRows({ dataset: { log } }: LoadedData): string[] {
  const { users, items, user, item, time, value } = log;
  return Array.from(user, (index, row) =>
    [users[index], items[item[row]!]!.id, time?.[row], value?.[row]].filter((part) => part !== undefined).join(' '),
  );
}

describe('the flags that say how data are read', () => {
  it('offer all formats, in the order of @rppkit/datasets', () => {
    expect(datasetFormats).toEqual(readable);
  });

  it('name the columns of a table', async () => {
    const path = write('r.csv', 'who,what,when,stars,label\na,1,978307201,5,One\nb,1,978307202,4,One\n');
    const columns = ['--user-column', 'who', '--item-column', 'what', '--time-column', 'when'];
    const loaded = await load(path, ...columns, '--value-column', 'stars', '--title-column', 'label');
    expect(listRows(loaded)).toEqual(['a 1 978307201 5', 'b 1 978307202 4']);
    expect(loaded.dataset.log.items).toEqual([{ id: '1', title: 'One' }]);
    expect(loaded.config).toEqual({
      kind: 'files',
      path,
      format: 'csv',
      columns: { user: 'who', item: 'what', time: 'when', value: 'stars', title: 'label' },
    });
  });

  it.each([
    ['milliseconds', '978307201500', 978307201.5],
    ['iso-8601', '2001-01-01T00:00:01Z', 978307201],
    ['seconds', '978307201', 978307201],
  ])('--time-format %s', async (format, text, time) => {
    const path = write('r.csv', `user,item,time\na,1,${text}\n`);
    const { dataset } = await load(path, '--time-column', 'time', '--time-format', format);
    expect(dataset.log.time).toEqual(Float64Array.of(time));
    expect(dataset.order).toBe('timestamp');
  });

  it('--position-column and --order column give an order that is not time', async () => {
    const path = write('r.csv', 'user,item,step\na,1,2\na,2,1\n');
    const positioned = await load(path, '--position-column', 'step');
    expect(positioned.dataset.order).toBe('column');
    expect(positioned.dataset.log.position).toEqual(Float64Array.of(2, 1));
    expect((await load(path, '--order', 'column')).dataset.order).toBe('column');
    expect((await load(path)).dataset.order).toBe('none');
    expect((await load(path, '--position-column', 'step', '--order', 'none')).dataset.order).toBe('none');
  });

  it('--items brings titles and attributes from a second file', async () => {
    const path = write('r.csv', 'user,book\na,1\n');
    const items = write('i.csv', 'id,label,kinds,year,other\n1,One,x|y,1990,z\n2,Two,x,,z\n');
    const loaded = await load(
      ...[path, '--item-column', 'book', '--items', items, '--items-id-column', 'id'],
      ...['--items-title-column', 'label', '--items-attributes', 'kinds, year'],
    );
    expect(loaded.dataset.log.items).toEqual([
      { id: '1', title: 'One', attributes: { kinds: ['x', 'y'], year: '1990' } },
      { id: '2', title: 'Two', attributes: { kinds: ['x'] } },
    ]);
    expect(Object.keys(loaded.checksums)).toEqual(['r.csv', 'i.csv']);
    // Without further flags: ids as in the first file, and a column named title.
    const plain = write('p.csv', 'book,title\n1,Uno\n');
    expect((await load(path, '--item-column', 'book', '--items', plain)).dataset.log.items).toEqual([
      { id: '1', title: 'Uno' },
    ]);
  });

  it('--delimiter, --header, --no-quotes and --encoding read other CSV files', async () => {
    const piped = write('r.csv', 'a|1\nb|2\n');
    expect(listRows(await load(piped, '--delimiter', '|', '--header', 'user, item'))).toEqual(['a 1', 'b 2']);
    const tabs = write('t.csv', 'user\titem\na\t1\n');
    for (const tab of ['\\t', '\t']) expect(listRows(await load(tabs, '--delimiter', tab))).toEqual(['a 1']);
    expect(listRows(await load(write('t.tsv', 'user\titem\na\t1\n')))).toEqual(['a 1']);
    const quotes = write('q.csv', 'user,item,title\na,1,the "1" item\n');
    const title = ['--title-column', 'title'];
    const { dataset, config } = await load(quotes, ...title, '--no-quotes');
    expect(dataset.log.items[0]!.title).toBe('the "1" item');
    expect(config.quotes).toBe(false);
    const latin = write('l.csv', Buffer.from('user,item,title\na,1,Amélie\n', 'latin1'));
    expect((await load(latin, ...title, '--encoding', 'latin-1')).dataset.log.items[0]!.title).toBe('Amélie');
  });

  it('--format reads a file as what its name does not tell', async () => {
    const lines = write('r.log', '{"user": "a", "item": "1", "at": 978307201}\n');
    const loaded = await load(lines, '--format', 'json-lines', '--time-column', 'at');
    expect(listRows(loaded)).toEqual(['a 1 978307201']);
    const csv = write('r.data', 'user,item\na,1\n');
    expect(listRows(await load(csv, '--format', 'csv'))).toEqual(['a 1']);
  });

  it.each(['r.csv.gz', 'r.txt', 'r.dat', 'r.tsv', 'r.jsonl', 'r.ndjson', 'r.json'])('%s is a table', async (name) => {
    const json = name.includes('json');
    const path = write(name, json ? '{"user": "a", "item": "1"}\n' : 'user,item\na,1\n');
    const flags = name.endsWith('.tsv') ? ['--delimiter', ','] : [];
    expect(listRows(await load(path, ...flags))).toEqual(['a 1']);
  });

  it('--title-column names the titles of atomic files', async () => {
    write('r.item', 'item_id:token\ttitle:token\tlabel:token\n1\tOne\tUno\n');
    const path = write('r.inter', 'user_id:token\titem_id:token\na\t1\n');
    expect((await load(path)).dataset.log.items[0]!.title).toBe('One');
    const { dataset, config } = await load(path, '--title-column', 'label');
    expect(dataset.log.items[0]!.title).toBe('Uno');
    expect(config).toMatchObject({ format: 'recbole', titleColumn: 'label' });
    expect(config).not.toHaveProperty('columns');
  });

  it('--catalogue all keeps what the meta file of Amazon lists', async () => {
    write('Games.json', '{"reviewerID": "a", "asin": "1", "overall": 5.0, "unixReviewTime": 978307200}\n');
    write('meta_Games.json', '{"asin": "1", "title": "One"}\n{"asin": "2", "title": "Two"}\n');
    const ids = async (...args: string[]) => {
      const { dataset } = await load(folder, '--format', 'amazon-2018', ...args);
      return dataset.log.items.map(({ id }) => id);
    };
    expect(await ids()).toEqual(['1']);
    expect(await ids('--catalogue', 'interacted')).toEqual(['1']);
    expect(await ids('--catalogue', 'all')).toEqual(['1', '2']);
  });

  it('--minimum-value filters before --k-core', async () => {
    const rows = ['a,1,5', 'a,2,5', 'b,1,5', 'b,2,5', 'c,1,5', 'c,2,1'];
    const path = write('r.csv', `user,item,stars\n${rows.join('\n')}\n`);
    const value = ['--value-column', 'stars'];
    const kept = async (...args: string[]) => listRows(await load(path, ...value, ...args));
    expect(await kept('--k-core', '2')).toHaveLength(6);
    expect(await kept('--minimum-value', '4')).toEqual(['a 1 5', 'a 2 5', 'b 1 5', 'b 2 5', 'c 1 5']);
    expect(await kept('--minimum-value', '4', '--k-core', '2')).toEqual(['a 1 5', 'a 2 5', 'b 1 5', 'b 2 5']);
  });

  it('--skip-bad-lines counts the lines that are left out', async () => {
    const path = write('r.csv', 'user,item,time\na,1,978307201\na,2,soon\nb\n');
    const flags = ['--time-column', 'time'];
    await expect(load(path, ...flags)).rejects.toThrow('r.csv, line 3: expected a time');
    const loaded = await load(path, ...flags, '--skip-bad-lines');
    expect(listRows(loaded)).toEqual(['a 1 978307201']);
    expect(loaded.skipped.count).toBe(2);
    expect(loaded.config.skipBadLines).toBe(true);
  });

  it('leave synthetic data alone', async () => {
    expect(await resolveData('synthetic', 7, parse())).toEqual({ kind: 'synthetic', preset: 'diverse', users: 7 });
    for (const preset of worldPresets) {
      expect(await resolveData(`synthetic:${preset}`, 7, parse())).toEqual({ kind: 'synthetic', preset, users: 7 });
    }
    await expect(resolveData('synthetic:wild', 7, parse())).rejects.toThrow('synthetic:weak-wording');
  });

  it('are refused with synthetic data, which no file holds', async () => {
    const all = [
      ...['--format', 'csv', '--k-core', '5', '--minimum-value', '3', '--skip-bad-lines', '--no-quotes', '--order'],
      ...['column', '--items-attributes', 'genres'],
    ];
    await expect(resolveData('synthetic:mild', 7, parse(...all))).rejects.toThrow(
      'with --data synthetic:mild, received --format, --skip-bad-lines, --minimum-value, --k-core, --items-attributes, --no-quotes, --order. Leave them out.',
    );
  });

  it('come with a number of users only for synthetic data: 5,000 where none is given', async () => {
    expect(await resolveData('synthetic', undefined, parse())).toMatchObject({ users: 5000 });
    const path = write('u.csv', 'user,item\na,1\n');
    await expect(resolveData(path, 7, parse())).rejects.toThrow('Expected --users only with synthetic data');
    expect(await resolveData(path, undefined, parse())).toMatchObject({ kind: 'files', format: 'csv' });
  });

  it('are all described in groups that fit a help page', () => {
    const help = addDataFlags(new Command('x')).configureHelp({ helpWidth: 80 }).helpInformation();
    expect(help.match(/^\S.*:$/gm)).toEqual([
      'Reading the data:',
      'Tables (csv, json-lines, parquet; column names also recbole):',
      'CSV:',
      'Options:',
    ]);
    expect(Math.max(...help.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });
});
