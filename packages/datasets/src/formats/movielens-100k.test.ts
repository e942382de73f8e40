import { describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import type { DatasetError } from '../dataset-error.ts';
import { createMemoryFile } from '../files/data-file.ts';
import { readMovielens100k } from './movielens-100k.ts';

const genres = 'unknown|0\nDrama|1\nComedy|2\n\n';
const items =
  '1|Harbour Lights, The (1995)|01-Jan-1995||http://example.org/1|0|1|1\n' +
  '2|unknown||||1|0|0\n' +
  '3|Never Rated (1990)|01-Jan-1990||http://example.org/3|0|0|0\n';
const data = '10\t1\t3\t881250949\n11\t2\t5\t881250950\n10\t2\t1\t881250000\n';

interface Contents {
  readonly data: string;
  readonly items: string | Uint8Array;
  readonly genres: string;
}

const read = (contents: Partial<Contents> = {}, onBadLine?: (error: DatasetError) => void): Promise<Dataset> => {
  const all = { data, items, genres, ...contents };
  const files = {
    data: createMemoryFile('u.data', all.data),
    items: createMemoryFile('u.item', all.items),
    genres: createMemoryFile('u.genre', all.genres),
  };
  return readMovielens100k(files, onBadLine === undefined ? {} : { onBadLine });
};

describe('readMovielens100k', () => {
  it('reads ratings, titles, years and genres', async () => {
    const { name, order, log } = await read();
    expect([name, order]).toEqual(['ml-100k', 'timestamp']);
    expect(log.users).toEqual(['10', '11']);
    expect(log.items).toEqual([
      { id: '1', title: 'The Harbour Lights', attributes: { year: '1995', genres: ['Drama', 'Comedy'] } },
      { id: '2', title: 'unknown', attributes: { genres: ['unknown'] } },
      { id: '3', title: 'Never Rated', attributes: { year: '1990', genres: [] } },
    ]);
    expect([...log.value!]).toEqual([3, 5, 1]);
    expect([...log.time!]).toEqual([881250949, 881250950, 881250000]);
  });

  it('refuses a film listed twice, or leaves the second one out', async () => {
    const twice = { items: `${items}2|Again (1999)|||x|0|0|0\n` };
    await expect(read(twice)).rejects.toThrow(
      'u.item, line 4: expected one line for each film, received film "2" again.',
    );
    const lines: (number | undefined)[] = [];
    const { log } = await read(twice, ({ line }) => lines.push(line));
    expect([lines, log]).toEqual([[4], (await read()).log]);
  });

  it('reads attributes of users where their file is given', async () => {
    const users = createMemoryFile('u.user', '10|24|M|technician|85711\n12|53|F|other|94043\n');
    const files = {
      data: createMemoryFile('u.data', data),
      items: createMemoryFile('u.item', items),
      genres: createMemoryFile('u.genre', genres),
    };
    const dataset = await readMovielens100k({ ...files, users });
    expect(dataset.userAttributes!.get('10')).toEqual({
      age: '24',
      gender: 'M',
      occupation: 'technician',
      zip: '85711',
    });
    expect(dataset.log).toEqual((await readMovielens100k(files)).log);
    const twice = createMemoryFile('u.user', '10|24|M|technician|85711\n10|53|F|other|94043\n');
    await expect(readMovielens100k({ ...files, users: twice })).rejects.toThrow(
      'u.user, line 2: expected one line for each user, received user "10" again.',
    );
  });

  it('reads the same with a byte order mark and CRLF', async () => {
    const windows = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    expect(await read({ data: windows(data), items: windows(items), genres: windows(genres) })).toEqual(await read());
  });

  it('reads titles in UTF-8 and in Latin-1', async () => {
    const row = '1|Café Ñandú (1990)|01-Jan-1990||x|0|1|0\n';
    const latin1 = Uint8Array.from(row, (character) => character.charCodeAt(0));
    for (const content of [row, latin1]) {
      const { log } = await read({ items: content, data: '1\t1\t5\t881250949\n' });
      expect(log.items[0]!.title).toBe('Café Ñandú');
    }
  });

  it('leaves bad lines out and reports each', async () => {
    const bad: string[] = [];
    const { log } = await read({ data: `10\t9\t3\t881250949\n${data}`, items: `${items}4||||x|0|0|0\n` }, (error) =>
      bad.push(error.message),
    );
    expect(log).toEqual((await read()).log);
    expect(bad).toEqual([
      'u.item, line 4: expected an id and a title, received "4|".',
      'u.data, line 1: expected an id that the file of items lists in column "item", received "9". Take both files from the same release.',
    ]);
  });

  it.each([
    ['an empty u.data', { data: '\n' }, 'u.data: expected lines of text, received an empty file.'],
    [
      'three columns',
      { data: `${data}10\t1\t3\n` },
      'u.data, line 4: expected 4 columns separated by tabs, received 3.',
    ],
    ['a time in words', { data: '10\t1\t3\tnoon\n' }, 'in column "timestamp", received "noon".'],
    [
      'an empty rating',
      { data: '10\t1\t\t881250949\n' },
      'u.data, line 1: expected a number in column "rating", received "".',
    ],
    ['an empty user', { data: '\t1\t3\t881250949\n' }, 'u.data, line 1: expected an id in column "user", received "".'],
    [
      'a film without genres',
      { items: '1|Film (1995)|||\n' },
      'u.item, line 1: expected 8 columns separated by "|", received 5.',
    ],
    [
      'a film without a title',
      { items: '1||||x|0|0|0\n' },
      'u.item, line 1: expected an id and a title, received "1|".',
    ],
    ['an empty u.genre', { genres: '' }, 'u.genre: expected lines of text, received an empty file.'],
    ['genres out of order', { genres: 'Drama|1\n' }, 'u.genre, line 1: expected genre number 0, received "1".'],
  ])('refuses %s', async (_, contents, message) => {
    await expect(read(contents)).rejects.toThrow(expect.objectContaining({ code: 'DATASET' }));
    await expect(read(contents)).rejects.toThrow(message);
  });
});
