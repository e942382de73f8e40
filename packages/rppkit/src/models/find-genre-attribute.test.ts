import type { Item } from '@rppkit/spec';
import { expect, it } from 'vitest';
import { findGenreAttribute } from './find-genre-attribute.ts';

const item = (id: string, attributes?: Item['attributes']): Item => ({
  id,
  title: id,
  ...(attributes === undefined ? {} : { attributes }),
});

it('is the list that most items have, whatever texts they have', () => {
  const items = [
    item('a', { year: '1990', class: ['Drama'], tags: ['slow'] }),
    item('b', { year: '1991', class: ['Comedy', 'War'] }),
    item('c', { year: '1992' }),
  ];
  expect(findGenreAttribute(items)).toBe('class');
});

it('is genres where no item has a list, and among equals', () => {
  expect(findGenreAttribute([item('a', { genres: 'Drama' }), item('b')])).toBe('genres');
  expect(findGenreAttribute([item('a', { tags: ['x'], genres: ['Drama'] })])).toBe('genres');
});
