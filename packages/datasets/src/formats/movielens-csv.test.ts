import { describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { createMemoryFile } from '../files/data-file.ts';
import { type MovielensLatestOptions, readMovielensLatest } from './movielens-csv.ts';

const movies =
  'movieId,title,genres\r\n' +
  '1,"Harbour Lights, The (1995)",Adventure|Drama\r\n' +
  '2,"He Said ""No"" (1999)",(no genres listed)\r\n' +
  '3,Serial,Drama\r\n';
const latin1 = Uint8Array.from(movies.replace('Serial', 'Série'), (character) => character.charCodeAt(0));
const ratings = 'userId,movieId,rating,timestamp\r\n7,1,4.0,964982703\r\n7,3,0.5,964981247\r\n8,1,5.0,964982224\r\n';

function read(
  texts: { readonly ratings?: string; readonly movies?: string | Uint8Array } = {},
  options?: MovielensLatestOptions,
): Promise<Dataset> {
  const files = {
    ratings: createMemoryFile('ratings.csv', texts.ratings ?? ratings),
    movies: createMemoryFile('movies.csv', texts.movies ?? movies),
  };
  return readMovielensLatest(files, options);
}

describe('readMovielensLatest', () => {
  it('reads quoted titles, years and genres', async () => {
    const { name, order, log } = await read();
    expect([name, order]).toEqual(['ml-latest', 'timestamp']);
    expect(log.users).toEqual(['7', '8']);
    expect(log.items).toEqual([
      { id: '1', title: 'The Harbour Lights', attributes: { year: '1995', genres: ['Adventure', 'Drama'] } },
      { id: '2', title: 'He Said "No"', attributes: { year: '1999', genres: [] } },
      { id: '3', title: 'Serial', attributes: { genres: ['Drama'] } },
    ]);
    expect([...log.item]).toEqual([0, 2, 0]);
    expect([...log.value!]).toEqual([4, 0.5, 5]);
    expect([...log.time!]).toEqual([964982703, 964981247, 964982224]);
  });

  it('takes a name', async () => {
    expect((await read({}, { name: 'ml-25m' })).name).toBe('ml-25m');
  });

  it.each([
    ['an empty ratings.csv', { ratings: '' }, 'ratings.csv: expected lines of text, received an empty file.'],
    [
      'no rating',
      { ratings: 'userId,movieId,rating,timestamp\r\n' },
      'expected at least one interaction, received none',
    ],
    ['no film', { movies: 'movieId,title,genres\r\n' }, 'movies.csv: expected at least one item, received none.'],
    [
      'a missing column',
      { movies: 'movieId,title\r\n1,A\r\n' },
      'movies.csv, line 1: expected a column named "genres", received columns movieId, title.',
    ],
    ['a comma without quotes', { movies: 'movieId,title,genres\r\n1,A, B,x\r\n' }, 'movies.csv, line 2: expected 3'],
    ['a time in words', { ratings: ratings.replace('964981247', 'noon') }, 'ratings.csv, line 3: expected a time in'],
    ['an unknown film', { ratings: ratings.replace('7,3,', '7,9,') }, 'line 3: expected an id that the file of items'],
    ['a film twice', { movies: `${movies}1,Again,Drama\r\n` }, 'movies.csv, line 5: expected one row for each item'],
    ['other text than UTF-8', { movies: latin1 }, 'movies.csv, line 4: expected text in UTF-8'],
  ])('refuses %s', async (_, texts, message) => {
    await expect(read(texts)).rejects.toThrow(message);
  });

  it('counts bad lines and leaves them out', async () => {
    const lines: (number | undefined)[] = [];
    const { log } = await read(
      { ratings: `${ratings}9,9,1,964982703\r\n9,1,x,964982703\r\n` },
      { onBadLine: ({ line }) => lines.push(line) },
    );
    expect(lines).toEqual([5, 6]);
    expect(log.users).toEqual(['7', '8']);
    expect(log.user).toHaveLength(3);
  });
});
