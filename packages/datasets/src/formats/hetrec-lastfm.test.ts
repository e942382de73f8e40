import { describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import { createMemoryFile } from '../files/data-file.ts';
import { type HetrecLastfmOptions, readHetrecLastfm } from './hetrec-lastfm.ts';

const artists =
  'id\tname\turl\tpictureURL\n' +
  '1\tMÉLODIE "X\thttp://example.org/1\thttp://example.org/1.jpg\n' +
  '2\tSimple & Plain\thttp://example.org/2\t\n' +
  '3\t"Quoted"\thttp://example.org/3\n';
const latin1 = Uint8Array.from(artists, (character) => character.charCodeAt(0));
const userArtists = 'userID\tartistID\tweight\n2\t1\t13883\n2\t3\t11690\n5\t1\t1\n';

function read(
  texts: { readonly artists?: string | Uint8Array; readonly userArtists?: string } = {},
  options?: HetrecLastfmOptions,
): Promise<Dataset> {
  const files = {
    artists: createMemoryFile('artists.dat', texts.artists ?? artists),
    userArtists: createMemoryFile('user_artists.dat', texts.userArtists ?? userArtists),
  };
  return readHetrecLastfm(files, options);
}

describe('readHetrecLastfm', () => {
  it('reads play counts as values and claims no order', async () => {
    const { name, order, log } = await read();
    expect([name, order]).toEqual(['lastfm', 'none']);
    expect(log.users).toEqual(['2', '5']);
    expect(log.items).toEqual([
      { id: '1', title: 'MÉLODIE "X' },
      { id: '2', title: 'Simple & Plain' },
      { id: '3', title: '"Quoted"' },
    ]);
    expect([...log.item]).toEqual([0, 2, 0]);
    expect([...log.value!]).toEqual([13883, 11690, 1]);
    expect([log.time, log.position]).toEqual([undefined, undefined]);
  });

  it('makes play counts the positions where the order is declared', async () => {
    const { order, log } = await read({}, { order: 'column' });
    expect(order).toBe('column');
    expect([...log.position!]).toEqual([13883, 11690, 1]);
    expect(log.value).toHaveLength(3);
  });

  it('has no times', async () => {
    await expect(read({}, { order: 'timestamp' as 'none' })).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT',
      argument: 'order',
    });
  });

  it.each([
    ['an empty file', { userArtists: '' }, 'user_artists.dat: expected lines of text, received an empty file.'],
    [
      'no artists',
      { artists: 'id\tname\turl\tpictureURL\n' },
      'artists.dat: expected at least one artist, received none.',
    ],
    ['a missing column', { artists: 'id\turl\n1\tx\n' }, 'artists.dat, line 1: expected a column named "name"'],
    ['another header', { userArtists: '2\t1\t5\n' }, 'user_artists.dat, line 1: expected a column named "userID"'],
    [
      'two columns',
      { artists: `${artists}4\tShort\n` },
      'artists.dat, line 5: expected 4 columns separated by tabs, received 2.',
    ],
    [
      'one column',
      { artists: `${artists}4\n` },
      'artists.dat, line 5: expected 4 columns separated by tabs, received 1.',
    ],
    ['five columns', { artists: `${artists}4\tA\tb\tc\td\n` }, 'artists.dat, line 5: expected 4 columns'],
    ['an artist without id', { artists: `${artists}\tA\tb\tc\n` }, 'line 5: expected an id and a name, received "\\tA'],
    ['an artist without name', { artists: `${artists}4\t\tb\tc\n` }, 'line 5: expected an id and a name'],
    [
      'an artist twice',
      { artists: `${artists}2\tB\tb\tc\n` },
      'expected one line for each artist, received artist "2"',
    ],
    ['a count in words', { userArtists: `${userArtists}2\t1\tmany\n` }, 'line 5: expected a number in column "weight"'],
    ['an unknown artist', { userArtists: `${userArtists}2\t9\t1\n` }, 'line 5: expected an id that the file of items'],
    ['two columns of plays', { userArtists: `${userArtists}2\t1\n` }, 'line 5: expected 3 columns separated by tabs'],
    ['other text than UTF-8', { artists: latin1 }, 'artists.dat, line 2: expected text in UTF-8, received other bytes'],
  ])('refuses %s', async (_, texts, message) => {
    const reading = read(texts);
    await expect(reading).rejects.toMatchObject({ code: 'DATASET' });
    await expect(reading).rejects.toThrow(message);
  });

  it('counts bad lines and leaves them out', async () => {
    const places: string[] = [];
    const { log } = await read(
      { artists: `${artists}4\tShort\n2\tAgain\tx\ty\n`, userArtists: `${userArtists}9\t4\t1\n9\t1\tx\n` },
      { onBadLine: ({ file, line }) => places.push(`${file} ${line}`) },
    );
    expect(places).toEqual(['artists.dat 5', 'artists.dat 6', 'user_artists.dat 5', 'user_artists.dat 6']);
    expect([log.users, log.items.length]).toEqual([['2', '5'], 3]);
  });
});
