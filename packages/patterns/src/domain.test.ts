import { describe, expect, it } from 'vitest';
import { type Domain, defineDomain, readLanguage } from './domain.ts';
import { domains, movies } from './domains.ts';

describe('defineDomain', () => {
  it('returns a whole domain, also with optional words', () => {
    const domain = { ...movies, anItem: 'a film', measureWord: '部' };
    expect(defineDomain(domain)).toBe(domain);
  });

  it('names the word that is missing, blank or unknown', () => {
    const { field: _, ...incomplete } = movies;
    expect(() => defineDomain(incomplete as Domain)).toThrow(
      'Expected field to be a string that is not blank, received undefined',
    );
    expect(() => defineDomain({ ...movies, itemNoun: ' ' })).toThrow('itemNoun');
    expect(() => defineDomain({ ...movies, service: '' })).toThrow('service');
    expect(() => defineDomain({ ...movies, plural: 'x' } as Domain)).toThrow('received plural');
    expect(() => defineDomain([] as unknown as Domain)).toThrow('to be an object, received Array of length 0');
  });
});

it('domains are whole and filed under their own name and language', () => {
  for (const [name, languages] of Object.entries(domains)) {
    for (const [language, domain] of Object.entries(languages)) {
      expect(defineDomain(domain)).toMatchObject({ name, language });
    }
  }
  expect(Object.keys(domains)).toEqual(['movies', 'games', 'music', 'books', 'news', 'products']);
});

it.each([
  ['en', 'en'],
  ['EN-gb', 'en'],
  ['zh', 'zh'],
  ['zh-CN', 'zh'],
  ['zh-Hans-TW', 'zh'],
  ['zh_Hant', undefined],
  ['zh-HK', undefined],
  ['de', undefined],
])('readLanguage finds the built-in language of %s', (tag, expected) => {
  expect(readLanguage(tag)).toBe(expected);
});
