import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMemoryFile } from '../files/data-file.ts';
import { readMovielensLatest } from './movielens-csv.ts';

const dataFolder = process.env['RPPKIT_DATA'];

describe.skipIf(dataFolder === undefined)('ml-latest-small (skipped unless RPPKIT_DATA names its folder)', () => {
  it('has the published counts', async () => {
    const load = async (name: string) =>
      createMemoryFile(name, await readFile(join(dataFolder!, 'ml-latest-small', name)));
    const { log } = await readMovielensLatest({ ratings: await load('ratings.csv'), movies: await load('movies.csv') });
    // README.txt of the release.
    expect([log.user.length, log.users.length, log.items.length]).toEqual([100_836, 610, 9742]);
    // `cut` by hand: 5 titles, with their years, belong to two films each.
    const titles = log.items.map(({ title, attributes }) => `${title} (${attributes!['year']})`);
    expect(titles.length - new Set(titles).size).toBe(5);
    expect(log.items.filter(({ attributes }) => attributes!['genres']!.length === 0)).toHaveLength(34);
    expect(log.items[0]!.title).toBe('Toy Story');
    expect(log.items.filter(({ title }) => /, (The|An?)$/.test(title))).toEqual([]);
    // 18 films have no rating.
    expect(new Set(log.item).size).toBe(9724);
  });
});
