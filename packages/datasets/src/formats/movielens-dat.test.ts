import { describe, expect, it } from 'vitest';
import type { DatasetError } from '../dataset-error.ts';
import { createMemoryFile } from '../files/data-file.ts';
import { type Movielens1mFiles, readMovielens1m, readMovielens10m } from './movielens-dat.ts';

const movies =
  "1::Harbour Lights, The (1995)::Animation|Children's\n" +
  '2::Day: Night: Café (1999)::Drama\n' +
  '3::Never Rated (1990)::(no genres listed)\n';
const ratings = '10::1::3::978300760\n11::2::5::978302109\n10::2::3.5::978301968\n';
const users = '10::F::1::10::48067\n11::M::56::16::70072-1234\n';

function asFiles(texts: {
  readonly ratings?: string;
  readonly movies?: string;
  readonly users?: string;
}): Movielens1mFiles {
  return {
    ratings: createMemoryFile('ratings.dat', texts.ratings ?? ratings),
    movies: createMemoryFile('movies.dat', texts.movies ?? movies),
    ...(texts.users !== undefined && { users: createMemoryFile('users.dat', texts.users) }),
  };
}

function toLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

const films = [
  { id: '1', title: 'The Harbour Lights', attributes: { year: '1995', genres: ['Animation', "Children's"] } },
  { id: '2', title: 'Day: Night: Café', attributes: { year: '1999', genres: ['Drama'] } },
  { id: '3', title: 'Never Rated', attributes: { year: '1990', genres: [] } },
];

describe('readMovielens1m', () => {
  it('reads ratings, titles with colons, years, genres and users', async () => {
    const { name, order, log, userAttributes } = await readMovielens1m(asFiles({ users }));
    expect([name, order]).toEqual(['ml-1m', 'timestamp']);
    expect(log.users).toEqual(['10', '11']);
    expect(log.items).toEqual(films);
    expect([...log.user]).toEqual([0, 1, 0]);
    expect([...log.item]).toEqual([0, 1, 1]);
    expect([...log.value!]).toEqual([3, 5, 3.5]);
    expect([...log.time!]).toEqual([978300760, 978302109, 978301968]);
    expect(userAttributes).toEqual(
      new Map([
        ['10', { gender: 'F', age: '1', occupation: '10', zip: '48067' }],
        ['11', { gender: 'M', age: '56', occupation: '16', zip: '70072-1234' }],
      ]),
    );
  });

  it('needs no users and reads films in Latin-1, as the original has them', async () => {
    const dataset = await readMovielens1m({
      ...asFiles({}),
      movies: createMemoryFile('movies.dat', toLatin1(movies)),
    });
    expect(dataset.log.items).toEqual(films);
    expect('userAttributes' in dataset).toBe(false);
  });

  it('makes genres a list also where no film has two', async () => {
    const { log } = await readMovielens1m(asFiles({ movies: '1::Plan, The, A (1999)::Drama\n2::B::\n' }));
    expect(log.items).toEqual([
      { id: '1', title: 'A Plan, The', attributes: { year: '1999', genres: ['Drama'] } },
      { id: '2', title: 'B', attributes: { genres: [] } },
    ]);
  });

  it('leaves articles and entities where they are if asked', async () => {
    const options = { moveArticles: false, decodeEntities: false };
    const { log } = await readMovielens1m(asFiles({ movies: '1::A &amp;amp; B, The (1999)::x\n2::B::\n' }), options);
    expect(log.items[0]!.title).toBe('A &amp;amp; B, The');
    // Decoded once, not twice.
    const decoded = await readMovielens1m(asFiles({ movies: '1::A &amp;amp; B, The (1999)::x\n2::B::\n' }));
    expect(decoded.log.items[0]!.title).toBe('The A &amp; B');
  });

  it.each([
    ['an empty ratings.dat', { ratings: '\n' }, 'ratings.dat: expected lines of text, received an empty file.'],
    ['an empty movies.dat', { movies: '' }, 'movies.dat: expected lines of text, received an empty file.'],
    ['an empty users.dat', { users: '' }, 'users.dat: expected lines of text, received an empty file.'],
    [
      'three columns',
      { ratings: `${ratings}10::1::3\n` },
      'ratings.dat, line 4: expected 4 columns separated by "::", received 3.',
    ],
    [
      'a single colon as separator',
      { ratings: '10:1:3:978300760\n' },
      'ratings.dat, line 1: expected 4 columns separated by "::", received 1.',
    ],
    ['a title with two colons', { movies: '1::A::B (1999)::Drama\n' }, 'movies.dat, line 1: expected 3 columns'],
    ['a time in words', { ratings: '10::1::3::noon\n' }, 'ratings.dat, line 1: expected a time in seconds'],
    ['a rating in words', { ratings: '10::1::good::978300760\n' }, 'line 1: expected a number in column "rating"'],
    ['an empty user', { ratings: '::1::3::978300760\n' }, 'line 1: expected an id in column "user", received "".'],
    [
      'an unknown film',
      { ratings: '10::9::3::978300760\n' },
      'ratings.dat, line 1: expected an id that the file of items lists in column "item", received "9".',
    ],
    ['a film without a title', { movies: '1::::Drama\n' }, 'movies.dat, line 1: expected a value in column "title"'],
    ['a film twice', { movies: `${movies}2::B::Drama\n` }, 'movies.dat, line 4: expected one row for each item'],
    ['a user of four columns', { users: '10::F::1::10\n' }, 'users.dat, line 1: expected 5 columns'],
    [
      'a user without id',
      { users: '::F::1::10::1\n' },
      'users.dat, line 1: expected one line for each user, received an',
    ],
    [
      'a user twice',
      { users: `${users}10::F::1::10::1\n` },
      'users.dat, line 3: expected one line for each user, received user "10" again.',
    ],
  ])('refuses %s', async (_, texts, message) => {
    const reading = readMovielens1m(asFiles(texts));
    await expect(reading).rejects.toMatchObject({ code: 'DATASET' });
    await expect(reading).rejects.toThrow(message);
  });

  it('leaves bad lines out, with their users', async () => {
    const errors: DatasetError[] = [];
    const texts = {
      ratings: `99::1::3::noon\n${ratings}98::77::1::978300760\n`,
      movies: `${movies}4::::Drama\n`,
      users: `${users}10::M::18::1::1\n`,
    };
    const dataset = await readMovielens1m(asFiles(texts), { onBadLine: (error) => errors.push(error) });
    expect(errors.map(({ file, line }) => `${file} ${line}`)).toEqual([
      'movies.dat 4',
      'ratings.dat 1',
      'ratings.dat 5',
      'users.dat 3',
    ]);
    expect(dataset.log.users).toEqual(['10', '11']);
    expect(dataset.log.items).toEqual(films);
    expect(dataset.userAttributes!.get('10')!['gender']).toBe('F');
  });
});

describe('readMovielens10m', () => {
  it('reads the same without users', async () => {
    const dataset = await readMovielens10m(asFiles({}));
    expect(dataset).toEqual({ ...(await readMovielens1m(asFiles({}))), name: 'ml-10m' });
  });

  it('refuses films that are no UTF-8', async () => {
    const files = { ...asFiles({}), movies: createMemoryFile('movies.dat', toLatin1(movies)) };
    await expect(readMovielens10m(files)).rejects.toMatchObject({
      file: 'movies.dat',
      line: 2,
      expected: 'text in UTF-8',
    });
  });
});
