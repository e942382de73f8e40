import { copyFile, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { describeDataset } from '../describe/describe-dataset.ts';
import { createUserSequences } from '../user-sequences.ts';
import { writeZip } from './archives/testing/write-zip.ts';
import type { DatasetFormat } from './formats/dataset-format.ts';
import { locateDataset, readDataset } from './read-dataset.ts';

const columns = { user: 'user', item: 'item', time: 'time' };
const time = 1_500_000_000;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'rppkit-'));
});
afterAll(() => rm(root, { recursive: true }));

async function writeFolder(name: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = join(root, name);
  await mkdir(folder, { recursive: true });
  for (const [file, content] of Object.entries(files)) await writeFile(join(folder, file), content);
  return folder;
}

async function writeArchive(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const path = join(root, name);
  await writeFile(path, writeZip(Object.entries(files).map(([entry, content]) => ({ name: entry, content }))));
  return path;
}

const movielens100k = {
  'u.data': `1\t1\t5\t${time}\n2\t1\t3\t${time}\n`,
  'u.item': '1|Harbour (1990)|01-Jan-1990||x|0|1\n',
  'u.genre': 'unknown|0\nDrama|1\n',
};
const dat = { 'ratings.dat': `1::1::5::${time}\n`, 'movies.dat': '1::Harbour (1990)::Drama\n' };
const latest = {
  'ratings.csv': `userId,movieId,rating,timestamp\r\n1,1,4.5,${time}\r\n`,
  'movies.csv': 'movieId,title,genres\r\n1,Harbour (1990),Drama\r\n',
};
const review = { reviewerID: 'u', asin: 'a', overall: 5, unixReviewTime: time };
const review2023 = { user_id: 'u', parent_asin: 'a', rating: 5, timestamp: time * 1000 };

describe('readDataset', () => {
  it.each<[string, DatasetFormat, Readonly<Record<string, string | Uint8Array>>, DatasetFormat | undefined, string]>([
    ['ml-100k', 'ml-100k', movielens100k, undefined, 'Harbour'],
    ['ml-1m', 'ml-1m', { ...dat, 'users.dat': '1::F::25::4::12345\n' }, undefined, 'Harbour'],
    ['ml-10m', 'ml-10m', dat, undefined, 'Harbour'],
    ['ml-latest-tiny', 'ml-latest', latest, undefined, 'Harbour'],
    [
      'lastfm',
      'hetrec-lastfm',
      {
        'user_artists.dat': 'userID\tartistID\tweight\n2\t51\t13883\n',
        'artists.dat': 'id\tname\turl\tpictureURL\n51\tBand "X"\tu\tp\n',
      },
      undefined,
      'Band "X"',
    ],
    [
      'toys',
      'recbole',
      {
        'toys.inter': gzipSync(`user_id:token\titem_id:token\nu\ta\n`),
        'toys.item': 'item_id:token\ttitle:token_seq\na\tLamp\n',
      },
      undefined,
      'Lamp',
    ],
    [
      'Video_Games_5',
      'amazon-2018',
      {
        'Video_Games_5.json': `${JSON.stringify(review)}\n`,
        'meta_Video_Games.json': '{"asin":"a","title":"Lamp &amp; Co"}\n',
      },
      'amazon-2018',
      'Lamp & Co',
    ],
    [
      'Video_Games',
      'amazon-2023',
      {
        'Video_Games.jsonl': `${JSON.stringify(review2023)}\n`,
        'meta_Video_Games.jsonl': '{"parent_asin":"a","title":"Lamp"}\n',
      },
      'amazon-2023',
      'Lamp',
    ],
  ])('reads %s as %s', async (name, format, files, wanted, title) => {
    const folder = await writeFolder(`known/${name}`, files);
    const options = wanted === undefined ? {} : { format: wanted };
    const located = await locateDataset(folder, options);
    expect(located.format).toBe(format);
    expect(located.paths.toSorted()).toEqual(
      Object.keys(files)
        .map((file) => join(folder, file))
        .toSorted(),
    );
    const dataset = await located.read();
    expect(dataset.name).toBe(name);
    expect(dataset.log.items.map((item) => item.title)).toEqual([title]);
    expect(dataset.log.user.length).toBe(format === 'ml-100k' ? 2 : 1);
    expect((await readDataset(folder, { ...options, name: 'mine' })).name).toBe('mine');
  });

  it('reads an archive with a top folder like the folder', async () => {
    const archive = await writeArchive(
      'ml-100k.zip',
      Object.fromEntries(Object.entries(movielens100k).map(([file, text]) => [`ml-100k/${file}`, text])),
    );
    const located = await locateDataset(archive);
    expect([located.format, located.paths]).toEqual(['ml-100k', [archive]]);
    const folder = await writeFolder('plain/ml-100k', movielens100k);
    expect(await located.read()).toEqual(await readDataset(folder));
    const latestZip = await writeArchive('ml-latest-tiny.zip', latest);
    expect((await readDataset(latestZip)).name).toBe('ml-latest-tiny');
  });

  it('reads the files beside a single .inter file, and none of another data set', async () => {
    const header = 'user_id:token\titem_id:token\n';
    const folder = await writeFolder('beside', {
      'a.test.inter': `${header}u\t1\n`,
      'b.inter': `${header}v\t1\n`,
      'a.item': 'item_id:token\tname:token\n1\tOf a\n',
      'b.item.gz': gzipSync('item_id:token\tname:token\n1\tOf b\n'),
      'b.user': 'user_id:token\tage:token\nv\t30\n',
    });
    const first = await readDataset(join(folder, 'a.test.inter'));
    expect([first.name, first.log.items[0]!.title, first.userAttributes]).toEqual(['a', 'Of a', undefined]);
    const second = await locateDataset(join(folder, 'b.inter'));
    expect(second.paths).toEqual(['b.inter', 'b.item.gz', 'b.user'].map((file) => join(folder, file)));
    const { log, userAttributes } = await second.read();
    expect([log.items[0]!.title, userAttributes]).toEqual(['Of b', new Map([['v', { age: '30' }]])]);
    await expect(readDataset(folder)).rejects.toThrow('expected one such file, received a.test.inter, b.inter');
  });

  it('never reads another file than the one that was named', async () => {
    const header = 'user_id:token\titem_id:token\n';
    const folder = await writeFolder('named', { 'a.inter': `${header}u\t1\n`, 'plays.csv': 'user,item\nu,1\n' });
    await expect(readDataset(join(folder, 'plays.csv'), { format: 'recbole' })).rejects.toThrow(
      'expected one file whose name ends in .inter (recbole)',
    );
  });

  it('reads the meta file beside single Amazon reviews', async () => {
    const folder = await writeFolder('amazon', {
      'Games_5.json.gz': gzipSync(`${JSON.stringify(review)}\n`),
      'Toys_5.json': `${JSON.stringify(review)}\n`,
      'meta_Games.json.gz': gzipSync('{"asin":"a","title":"Lamp"}\n'),
    });
    const { log } = await readDataset(join(folder, 'Games_5.json.gz'), { format: 'amazon-2018' });
    expect(log.items[0]!.title).toBe('Lamp');
    const alone = await writeFolder('amazon-alone', { 'ratings_Games.csv': `u,a,5,${time}\n` });
    await expect(readDataset(alone, { format: 'amazon-2014' })).rejects.toThrow('whose name starts with meta_');
  });

  it.each([
    ['plays.csv', `user,item,time\nu,a,${time}\n`, {}],
    ['plays.tsv', `user\titem\ttime\nu\ta\t${time}\n`, {}],
    ['plays.csv.gz', gzipSync(`user,item,time\nu,a,${time}\n`), {}],
    ['plays.jsonl', `{"user":"u","item":"a","time":${time}}\n`, {}],
    ['plays', `user;item;time\nu;a;${time}\n`, { format: 'csv', delimiter: ';' }],
  ] as const)('reads %s with named columns and items from another file', async (name, content, options) => {
    const folder = await writeFolder('tables', {
      [name]: content,
      'items.csv': 'id;name;tags\na;Lamp;x|y\n',
      'items.jsonl': '{"id":"a","name":"Lamp"}\n',
    });
    const path = join(folder, name);
    const items = { path: join(folder, 'items.jsonl'), columns: { item: 'id', title: 'name' } };
    const located = await locateDataset(path, { ...options, columns, items });
    expect(located.paths).toEqual([path, items.path]);
    const { name: datasetName, log, order } = await located.read();
    expect([datasetName, order, log.items, [...log.time!]]).toEqual([
      'plays',
      'timestamp',
      [{ id: 'a', title: 'Lamp' }],
      [time],
    ]);
    await expect(readDataset(path, options)).rejects.toThrow('Expected columns to be given for the format');
  });

  it('reads Parquet from disk, interactions and items', async () => {
    const write = (names: Readonly<Record<string, readonly unknown[]>>): Uint8Array =>
      new Uint8Array(
        parquetWriteBuffer({ columnData: Object.entries(names).map(([name, data]) => ({ name, data: [...data] })) }),
      );
    const folder = await writeFolder('parquet', {
      'plays.parquet': write({
        user: ['u', 'v'],
        item: ['a', 'a'],
        time: [new Date(1000 * time), new Date(1000 * time)],
      }),
      'items.parquet': write({ id: ['a'], name: ['Lamp'] }),
    });
    const items = { path: join(folder, 'items.parquet'), columns: { item: 'id', title: 'name' } };
    const { log } = await readDataset(join(folder, 'plays.parquet'), { columns, items });
    expect([log.users, log.items, [...log.time!]]).toEqual([['u', 'v'], [{ id: 'a', title: 'Lamp' }], [time, time]]);
  });

  it('reads lists of items from CSV', async () => {
    const folder = await writeFolder('lists', {
      'plays.csv': 'user;item\nu;a\n',
      'items.csv': 'id;name;tags\na;Lamp;x, y\n',
    });
    const items = {
      path: join(folder, 'items.csv'),
      columns: { item: 'id', title: 'name', tags: 'tags' },
      listSeparator: ',',
    };
    const { log } = await readDataset(join(folder, 'plays.csv'), {
      columns: { user: 'user', item: 'item' },
      delimiter: ';',
      items,
    });
    expect(log.items).toEqual([{ id: 'a', title: 'Lamp', attributes: { tags: ['x', 'y'] } }]);
    const unknown = { ...items, path: join(folder, 'items.xml') };
    await expect(
      readDataset(join(folder, 'plays.csv'), {
        columns: { user: 'user', item: 'item' },
        delimiter: ';',
        items: unknown,
      }),
    ).rejects.toThrow('a file of items that ends in');
  });

  it('hands bad lines on', async () => {
    const folder = await writeFolder('bad', { 'plays.csv': `user,item,time\nu,a,${time}\nu,b,noon\n` });
    const lines: (number | undefined)[] = [];
    await readDataset(join(folder, 'plays.csv'), { columns, onBadLine: ({ line }) => lines.push(line) });
    expect(lines).toEqual([3]);
  });

  it('refuses a folder with two data sets, and files of one in two folders', async () => {
    const both = await writeFolder('both/old', movielens100k);
    await writeFolder('both/new', latest);
    await expect(readDataset(join(both, '..'))).rejects.toThrow(
      'expected one data set, received old/u.data (ml-100k) and new/ratings.csv (ml-latest). Pass the path of one of them, or the format.',
    );
    expect((await readDataset(join(both, '..'), { format: 'ml-latest' })).log.user.length).toBe(1);
    await writeFolder('apart/one', { 'ratings.csv': latest['ratings.csv'] });
    const apart = await writeFolder('apart/two', { 'movies.csv': latest['movies.csv'] });
    await expect(readDataset(join(apart, '..'))).rejects.toThrow('received one/ratings.csv, two/movies.csv');
  });

  it('says that a format was guessed by names', async () => {
    const folder = await writeFolder('mine', {
      'ratings.csv': 'user,item\nu,a\n',
      'movies.csv': 'movieId,title,genres\n1,A,B\n',
    });
    await expect(readDataset(folder)).rejects.toThrow(
      /ratings\.csv, line 1: expected a column named "userId", .* It was taken for ml-latest by the names of the files; pass the path/,
    );
    await expect(readDataset(folder, { format: 'ml-latest' })).rejects.toThrow('Pass the name of an existing column.');
  });

  it('refuses options that the format does not heed', async () => {
    const folder = await writeFolder('options/ml-100k', movielens100k);
    await expect(readDataset(folder, { order: 'none' })).rejects.toThrow(
      'Expected order to be absent for the format ml-100k, received "none". It is for recbole,',
    );
    const path = join(await writeFolder('options/lines', { 'plays.jsonl': '{}' }), 'plays.jsonl');
    await expect(readDataset(path, { columns, delimiter: ';' })).rejects.toThrow('Expected delimiter to be absent');
  });

  it('reads file names in capitals, and those with dots', async () => {
    const header = 'user_id:token\titem_id:token\n';
    const folder = await writeFolder('capitals', {
      'TOYS.INTER': `${header}u\t1\n`,
      '._TOYS.INTER': 'macOS',
      'toys.test.inter': `${header}u\t1\n`,
      'toys.item': 'item_id:token\tname:token\n1\tOf toys\n',
      'toys.test.item': 'item_id:token\tname:token\n1\tOf the test\n',
    });
    expect((await readDataset(join(folder, 'TOYS.INTER'))).log.users).toEqual(['u']);
    expect((await readDataset(join(folder, 'toys.test.inter'))).log.items[0]!.title).toBe('Of the test');
    await rm(join(folder, 'toys.test.inter'));
    expect((await readDataset(folder)).name).toBe('TOYS');
  });

  it('reads links, relative paths and folders with a slash at the end', async () => {
    const folder = await writeFolder('links/ml-100k', movielens100k);
    expect((await readDataset(`${folder}/`)).log.user.length).toBe(2);
    const link = join(root, 'links', 'linked.csv');
    await writeFolder('links', { 'plain.csv': `user,item,time\nu,a,${time}\n` });
    await symlink(join(root, 'links', 'plain.csv'), link);
    expect((await readDataset(link, { columns })).name).toBe('linked');
    expect((await readDataset(relative(process.cwd(), link), { columns })).log.users).toEqual(['u']);
  });

  it('reads an archive of a single table as what is in it', async () => {
    const tabs = await writeArchive('plays.zip', { 'plays.tsv': `user\titem\ttime\nu\ta\t${time}\n` });
    expect((await readDataset(tabs, { columns })).log.users).toEqual(['u']);
    const parquet = parquetWriteBuffer({
      columnData: [
        { name: 'user', data: ['u'] },
        { name: 'item', data: ['a'] },
      ],
    });
    const path = join(root, 'table.zip');
    await writeFile(path, writeZip([{ name: 'plays.parquet', content: new Uint8Array(parquet) }]));
    expect((await readDataset(path, { columns: { user: 'user', item: 'item' } })).log.users).toEqual(['u']);
    const several = await writeArchive('several.zip', { 'a.csv': 'x', 'b.csv': 'y' });
    await expect(readDataset(several, { format: 'csv', columns })).rejects.toThrow(
      'expected a single file for the format csv, received a.csv, b.csv. Pass the path of the file with interactions; of an archive of several files, unpack it first.',
    );
  });

  it('says what to pass where a single file is part of a data set', async () => {
    const folder = await writeFolder('part', dat);
    await expect(readDataset(join(folder, 'ratings.dat'), { format: 'ml-10m' })).rejects.toThrow(
      'Pass the folder that holds them, or another format.',
    );
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${10 + index}.md`, '']));
    await expect(readDataset(await writeFolder('many', many))).rejects.toThrow('17.md and 4 more. Pass the format');
  });

  it('reads items written in another way than the interactions', async () => {
    const folder = await writeFolder('ways', {
      'plays.csv': 'user;item\nu;a\n',
      'items.csv': 'a,Lamp\n',
    });
    const items = {
      path: join(folder, 'items.csv'),
      columns: { item: 'id', title: 'name' },
      delimiter: ',',
      header: ['id', 'name'],
    };
    const named = { user: 'user', item: 'item' };
    const { log } = await readDataset(join(folder, 'plays.csv'), { columns: named, delimiter: ';', items });
    expect(log.items).toEqual([{ id: 'a', title: 'Lamp' }]);
  });

  it('says what it expected where no format fits', async () => {
    await expect(readDataset(join(root, 'nowhere'))).rejects.toThrow('received nothing at this path');
    const empty = await writeFolder('empty', {});
    await expect(readDataset(empty)).rejects.toThrow('u.data, u.item and u.genre (ml-100k), or');
    const other = await writeFolder('other', { 'notes.md': '# hello' });
    await expect(readDataset(other)).rejects.toThrow(/received notes.md. Pass the format: ml-100k, /);
    await expect(readDataset(other, { format: 'ml-1m' })).rejects.toThrow(
      'expected ratings.dat, movies.dat and users.dat (ml-1m), received notes.md. Check the path and the format.',
    );
    await expect(readDataset(other, { format: 'csv' })).rejects.toThrow('a single file for the format csv');
    await expect(readDataset(other, { format: 'ml-2m' as 'ml-1m' })).rejects.toThrow('Expected format to be');
    const lastfm = await writeFolder('fm', {
      'user_artists.dat': 'userID\tartistID\tweight\n2\t51\t1\n',
      'artists.dat': 'id\tname\n51\tBand\n',
    });
    await expect(readDataset(lastfm, { order: 'timestamp' })).rejects.toThrow('no times of plays');
  });

  it('refuses bytes that are not UTF-8', async () => {
    const folder = await writeFolder('latin', { 'plays.csv': Buffer.from(`user,item,time\nü,a,${time}\n`, 'latin1') });
    await expect(readDataset(join(folder, 'plays.csv'), { columns })).rejects.toThrow('line 2: expected text in UTF-8');
    const { log } = await readDataset(join(folder, 'plays.csv'), { columns, encoding: 'latin-1' });
    expect(log.users).toEqual(['ü']);
  });
});

const dataFolder = process.env['RPPKIT_DATA'];

describe.skipIf(dataFolder === undefined)('real data sets (skipped unless RPPKIT_DATA names their folder)', () => {
  const read = (path: string, options = {}) => readDataset(join(dataFolder!, path), options);

  /** Titles that another item has, too, less one for each such title. */
  const countSurplusTitles = ({ log }: Dataset): number =>
    log.items.length - new Set(log.items.map((item) => item.title)).size;

  it('MovieLens 100K has the published counts', async () => {
    const dataset = await read('ml-100k');
    // Counts of u.info; the median is the 472nd of `cut -f1 u.data | sort | uniq -c` sorted by count.
    const { users, items, unusedItems, interactions, repeatedInteractions, historyLength } = describeDataset(dataset);
    expect(dataset.userAttributes!.size).toBe(943);
    expect([users, items, unusedItems, interactions, repeatedInteractions, historyLength.median]).toEqual([
      943, 1682, 0, 100_000, 0, 65,
    ]);
    const find = (id: string) => dataset.log.items.find((item) => item.id === id);
    expect(find('267')).toEqual({ id: '267', title: 'unknown', attributes: { genres: ['unknown'] } });
    expect(find('1412')!.attributes!['year']).toBe('1995');
    expect(dataset.log.items.filter((item) => /, (The|An?)$/.test(item.title))).toEqual([]);
    expect(dataset.log.items.filter((item) => item.attributes?.['year'] === undefined).map((item) => item.id)).toEqual([
      '267',
    ]);
    const sequences = createUserSequences(dataset);
    for (const user of dataset.log.users.keys()) {
      const times = [...sequences.rows(user)].map((row) => dataset.log.time![row]!);
      expect(times).toEqual([...times].sort((a, b) => a - b));
    }
  });

  it('MovieLens 100K in atomic files is the same log with its own titles', async () => {
    const dataset = await read('ml-100k-recbole');
    const { users, items, interactions } = describeDataset(dataset);
    expect([dataset.name, dataset.order, users, items, interactions]).toEqual([
      'ml-100k',
      'timestamp',
      943,
      1682,
      100_000,
    ]);
    expect(dataset.userAttributes!.size).toBe(943);
    expect(dataset.userAttributes!.get('1')).toEqual({
      age: '24',
      gender: 'M',
      occupation: 'technician',
      zip_code: '85711',
    });
    const original = await read('ml-100k');
    expect(dataset.log.user).toEqual(original.log.user);
    expect(dataset.log.time).toEqual(original.log.time);
    expect(countSurplusTitles(dataset)).toBe(23);
  });

  it('MovieLens latest-small has the counts of its README', async () => {
    const { users, items, interactions, unusedItems } = describeDataset(await read('ml-latest-small'));
    // 18 films have no rating (tags only).
    expect([users, items, interactions, unusedItems]).toEqual([610, 9742, 100_836, 18]);
    const columns = { user: 'userId', item: 'movieId', time: 'timestamp' };
    const itemFile = {
      path: join(dataFolder!, 'ml-latest-small/movies.csv'),
      columns: { item: 'movieId', title: 'title' },
    };
    const plain = await read('ml-latest-small/ratings.csv', { format: 'csv', columns, items: itemFile });
    expect(countSurplusTitles(plain)).toBe(5);
    expect(plain.log.items.length).toBe(9742);
  });

  it('Last.fm has play counts in its timestamp column, which must be declared', async () => {
    await expect(read('lastfm')).rejects.toThrow(/lastfm\.inter\.gz, line 2: expected a time in seconds since 1970/);
    const dataset = await read('lastfm', { order: 'column' });
    const { users, items, interactions } = describeDataset(dataset);
    expect([dataset.name, users, items, interactions]).toEqual(['lastfm', 1892, 17_632, 92_834]);
    const { position } = dataset.log;
    expect([Math.min(...position!), Math.max(...position!)]).toEqual([1, 352_698]);
    // Odd quotes are plain text.
    expect(dataset.log.items.some((item) => (item.title.match(/"/g) ?? []).length % 2 === 1)).toBe(true);
    const sequences = createUserSequences(dataset);
    const lengths = dataset.log.users.map((_, user) => sequences.items(user).length);
    // `zcat lastfm.inter.gz | cut -f1 | sort | uniq -c | awk '$1 == 1'` prints 8 lines.
    expect(lengths.filter((length) => length === 1)).toHaveLength(8);
  });

  it('MovieLens 1M sequences hold the history and the target of each user', async () => {
    const dataset = await read('ml-1m');
    expect([dataset.name, dataset.order, dataset.log.users.length]).toEqual(['ml-1m', 'column', 6040]);
    // Of the 3,883 films, 3,391 stand in a history of at most 50 or are a target.
    expect(new Set(dataset.log.item).size).toBe(3391);
    expect(dataset.log.items.length).toBe(3883);
    expect(countSurplusTitles(dataset)).toBe(42);
    expect(dataset.log.items.find((item) => item.id === '1')!.title).toBe('Toy Story');
  });

  it('Amazon Games titles are decoded, trimmed and kept apart by id', async () => {
    const dataset = await read('Games');
    expect([dataset.name, dataset.order]).toEqual(['Games', 'column']);
    const titles = dataset.log.items.map((item) => item.title);
    expect(titles.filter((title) => /&(amp|quot|reg|#\d+);/.test(title))).toEqual([]);
    expect(titles.filter((title) => title !== title.trim())).toEqual([]);
    expect(countSurplusTitles(dataset)).toBeGreaterThanOrEqual(434);
    expect(new Set(dataset.log.items.map((item) => item.id)).size).toBe(titles.length);
    const raw = (await readFile(join(dataFolder!, 'Games/Games.item'), 'utf8')).trimEnd().split('\n').slice(1);
    // 545 lines have `&amp;`, `&quot;`, `&lt;`, `&gt;` or a number, 320 titles begin or end in a blank.
    expect(raw.filter((line) => /&(amp|quot|lt|gt|#\d+);/.test(line))).toHaveLength(545);
    expect(raw.filter((line) => /\t | $/.test(line))).toHaveLength(320);
    expect(Math.max(...titles.map((title) => title.length))).toBeGreaterThan(600);
  });

  it('MovieLens 100K reads the same from a gzipped copy', async () => {
    const folder = await writeFolder('gzipped', {
      'u.data.gz': gzipSync(await readFile(join(dataFolder!, 'ml-100k/u.data'))),
    });
    for (const file of ['u.item', 'u.genre']) await copyFile(join(dataFolder!, 'ml-100k', file), join(folder, file));
    expect((await readDataset(folder)).log).toEqual((await read('ml-100k')).log);
  });
});
