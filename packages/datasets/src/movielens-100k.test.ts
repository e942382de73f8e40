import { describe, expect, it } from 'vitest';
import { DatasetError } from './dataset-error.ts';
import { parseMovielens100k } from './movielens-100k.ts';

const genres = 'unknown|0\nDrama|1\nComedy|2\n\n';
const items =
  '1|Harbour Lights, The (1995)|01-Jan-1995||http://example.org/1|0|1|1\n' +
  '2|unknown||||1|0|0\n' +
  '3|Never Rated (1990)|01-Jan-1990||http://example.org/3|0|0|0\n';
const data = '10\t1\t3\t881250949\n11\t2\t5\t881250950\n10\t2\t1\t881250000\n';

describe('parseMovielens100k', () => {
  it('reads ratings, titles, years and genres', () => {
    const { name, order, log } = parseMovielens100k({ data, items, genres });
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

  it('reads the same with a byte order mark and CRLF', () => {
    const windows = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    expect(parseMovielens100k({ data: windows(data), items: windows(items), genres: windows(genres) })).toEqual(
      parseMovielens100k({ data, items, genres }),
    );
  });

  it.each([
    ['an empty u.data', { data: '\n' }, 'u.data: expected lines of 4 columns, received an empty file.'],
    [
      'three columns',
      { data: `${data}10\t1\t3\n` },
      'u.data, line 4: expected 4 columns separated by tabs, received 3.',
    ],
    [
      'a time in words',
      { data: '10\t1\t3\tnoon\n' },
      'u.data, line 1: expected a number in column timestamp, received "noon".',
    ],
    ['an empty rating', { data: '10\t1\t\t8\n' }, 'u.data, line 1: expected a number in column rating, received "".'],
    ['an empty user', { data: '\t1\t3\t8\n' }, 'u.data, line 1: expected a user id in the first column, received "".'],
    [
      'an unknown film',
      { data: '10\t9\t3\t8\n' },
      'u.data, line 1: expected an item id that u.item lists, received "9".',
    ],
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
    ['an empty u.genre', { genres: '' }, 'u.genre: expected lines of 2 columns, received an empty file.'],
  ])('refuses %s', (_, texts, message) => {
    const parse = (): unknown => parseMovielens100k({ data, items, genres, ...texts });
    expect(parse).toThrow(DatasetError);
    expect(parse).toThrow(message);
  });
});
