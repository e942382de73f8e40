import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeDataset } from '../describe-dataset.ts';
import { readCsvDataset } from './read-csv-dataset.ts';

const dataFolder = process.env.RPPKIT_DATA;
const columns = { user: 'user', item: 'item', time: 'time' };

describe('readCsvDataset', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rppkit-'));
    await writeFile(join(folder, 'plays.csv'), '\uFEFFuser;item;time\r\nü;a;1\r\nü;b;2\r\n');
    await writeFile(join(folder, 'items.csv'), 'id;name\nb;Bee\nc;Sea\n');
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('joins interactions and items', async () => {
    const dataset = await readCsvDataset({
      interactions: join(folder, 'plays.csv'),
      columns,
      delimiter: ';',
      items: { path: join(folder, 'items.csv'), columns: { item: 'id', title: 'name' } },
    });
    expect([dataset.name, dataset.order]).toEqual(['plays', 'timestamp']);
    expect(dataset.log.users).toEqual(['ü']);
    expect(dataset.log.items.map((item) => item.title)).toEqual(['Bee', 'Sea', 'a']);
    expect([...dataset.log.time!]).toEqual([1, 2]);
  });

  it('reads interactions alone', async () => {
    const interactions = join(folder, 'plays.csv');
    const dataset = await readCsvDataset({ interactions, columns, delimiter: ';', order: 'column', name: 'mine' });
    expect([dataset.name, dataset.order]).toEqual(['mine', 'column']);
  });

  it('says what it expected where there is nothing to read', async () => {
    const path = join(folder, 'nowhere.csv');
    await expect(readCsvDataset({ interactions: path, columns })).rejects.toMatchObject({
      code: 'DATASET',
      file: path,
      expected: 'a CSV file of interactions',
      received: 'nothing at this path',
    });
    await expect(readCsvDataset({ interactions: folder, columns })).rejects.toThrow('received a folder');
    const items = { path, columns: { item: 'id', title: 'name' } };
    await expect(
      readCsvDataset({ interactions: join(folder, 'plays.csv'), columns, delimiter: ';', items }),
    ).rejects.toThrow('expected a CSV file of items');
  });

  it('refuses bytes that are not UTF-8', async () => {
    const path = join(folder, 'latin.csv');
    await writeFile(path, 'user,item,time\nü,a,1\n', 'latin1');
    await expect(readCsvDataset({ interactions: path, columns })).rejects.toThrow('expected text in UTF-8');
  });
});

describe.skipIf(dataFolder === undefined)(
  'MovieLens latest-small files (skipped unless RPPKIT_DATA names their folder)',
  () => {
    it('load as plain CSV with the published counts', async () => {
      const dataset = await readCsvDataset({
        interactions: join(dataFolder!, 'ml-latest-small/ratings.csv'),
        columns: { user: 'userId', item: 'movieId', time: 'timestamp', value: 'rating' },
        items: {
          path: join(dataFolder!, 'ml-latest-small/movies.csv'),
          columns: { item: 'movieId', title: 'title', genres: 'genres' },
        },
      });
      // Counts of its README.txt; 18 films have no rating (tags only).
      const { users, items, interactions, unusedItems } = describeDataset(dataset);
      expect([users, items, interactions, unusedItems]).toEqual([610, 9742, 100_836, 18]);
      expect(dataset.log.items[0]).toEqual({
        id: '1',
        title: 'Toy Story (1995)',
        attributes: { genres: ['Adventure', 'Animation', 'Children', 'Comedy', 'Fantasy'] },
      });
    });
  },
);
