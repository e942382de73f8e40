import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatasetError } from '../dataset-error.ts';
import { describeDataset } from '../describe-dataset.ts';
import { createUserSequences } from '../user-sequences.ts';
import { readMovielens100k } from './read-movielens-100k.ts';

const dataFolder = process.env.RPPKIT_DATA;

describe('readMovielens100k', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rppkit-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('names what is missing', async () => {
    await expect(readMovielens100k(join(folder, 'nowhere'))).rejects.toThrow('received nothing at this path');
    await writeFile(join(folder, 'u.data'), '1\t1\t5\t100\n');
    await expect(readMovielens100k(folder)).rejects.toThrow(DatasetError);
    await expect(readMovielens100k(folder)).rejects.toThrow('received a folder without u.item and u.genre');
    await expect(readMovielens100k(join(folder, 'u.data'))).rejects.toThrow('received a file');
  });

  it.each(['latin1', 'utf8'] as const)('reads titles in %s', async (encoding) => {
    await writeFile(join(folder, 'u.data'), '1\t1\t5\t100\n');
    await writeFile(join(folder, 'u.genre'), 'unknown|0\nDrama|1\n');
    await writeFile(join(folder, 'u.item'), '1|Café Ñandú (1990)|01-Jan-1990||x|0|1\n', encoding);
    const { log } = await readMovielens100k(folder);
    expect(log.items).toEqual([{ id: '1', title: 'Café Ñandú', attributes: { year: '1990', genres: ['Drama'] } }]);
  });
});

describe.skipIf(dataFolder === undefined)(
  'MovieLens 100K files (skipped unless RPPKIT_DATA names their folder)',
  () => {
    it('have the published counts', async () => {
      const dataset = await readMovielens100k(join(dataFolder!, 'ml-100k'));
      // Counts of u.info; the median is the 472nd of `cut -f1 u.data | sort | uniq -c` sorted by count.
      expect(describeDataset(dataset)).toEqual({
        users: 943,
        items: 1682,
        unusedItems: 0,
        interactions: 100_000,
        repeatedInteractions: 0,
        medianHistory: 65,
      });
      const find = (id: string) => dataset.log.items.find((item) => item.id === id);
      expect(find('267')).toEqual({ id: '267', title: 'unknown', attributes: { genres: ['unknown'] } });
      expect(find('1412')!.attributes!.year).toBe('1995');
      expect(dataset.log.items.filter((item) => /, (The|An?)$/.test(item.title))).toEqual([]);
      expect(dataset.log.items.filter((item) => item.attributes?.year === undefined).map((item) => item.id)).toEqual([
        '267',
      ]);
    });

    it('give sequences in time order', async () => {
      const dataset = await readMovielens100k(join(dataFolder!, 'ml-100k'));
      const sequences = createUserSequences(dataset);
      for (const user of dataset.log.users.keys()) {
        const times = [...sequences.rows(user)].map((row) => dataset.log.time![row]!);
        expect(times).toEqual([...times].sort((a, b) => a - b));
      }
    });
  },
);
