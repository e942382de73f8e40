import type { Item } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { type ParseOptions, parseRanking } from './parse-ranking.ts';

const items = (...titles: string[]): Item[] => titles.map((title, index) => ({ id: String(index), title }));
const films = items('Heat (1995)', 'Fargo (1996)', 'Jaws (1975)', 'The Matrix (1999)', 'Amélie (2001)');
const books = items('围城', '活着', '三体');

const read = (text: string, options: Partial<ParseOptions> = {}): readonly number[] | string => {
  const parsed = parseRanking(text, { candidates: films, answer: 'indices', ...options });
  return parsed.kind === 'invalid' ? parsed.reason : [...parsed.order];
};

describe('several chains on one line', () => {
  it.each<[string, string, readonly number[]]>([
    [
      'a draft and a final one',
      'Draft: [2] > [1] > [3] > [4] > [5]; final: [1] > [2] > [3] > [4] > [5]',
      [0, 1, 2, 3, 4],
    ],
    ['a change of mind', '[2] > [1] > [3] > [4] > [5]. Wait, actually: [1] > [2] > [3] > [4] > [5]', [0, 1, 2, 3, 4]],
    ['Chinese labels', '初步：2 > 1 > 3 > 4 > 5，最终：5 > 4 > 3 > 2 > 1', [4, 3, 2, 1, 0]],
    ['no colon', '[2] > [1] > [3] > [4] > [5]. No, [5] > [4] > [3] > [2] > [1].', [4, 3, 2, 1, 0]],
    ['three of them', 'A: 1, 2, 3, 4, 5; B: 2, 1, 3, 4, 5; C: 5, 4, 1, 2, 3', [4, 3, 0, 1, 2]],
    ['a complete one before a partial one', 'All: [2] > [1] > [5] > [4] > [3]; top: [5] > [4]', [1, 0, 4, 3, 2]],
    ['the longer of two partial ones', 'Draft: [2] > [1] > [4]; final: [1] > [2] > [3] > [5]', [0, 1, 2, 4]],
    ['words between them', 'Draft: [2] > [1] > [3]; note: a rough one; final: [1] > [3] > [2]', [0, 2, 1]],
    ['scores behind it', 'Draft: 2, 1, 3, 4, 5; final: 3, 1, 2, 5, 4; scores: 1, 2, 3, 4, 5', [2, 0, 1, 4, 3]],
    ['a chain that goes on below', 'Draft: [2] > [1] > [3]; final: [1] >\n[3] > [2]', [0, 2, 1]],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual(expected));

  it('of titles', () => {
    const text = 'Draft: Heat > Jaws > Fargo > Amélie > The Matrix; final: Jaws > Heat > Fargo > The Matrix > Amélie';
    expect(read(text, { answer: 'titles' })).toEqual([2, 0, 1, 3, 4]);
  });

  it('are not made of the colons and stops of titles', () => {
    const candidates = items('Heat', 'Jaws', 'Dr. Strangelove: Or How', 'Fargo', 'Up');
    expect(read('Heat > Jaws > Dr. Strangelove: Or How > Fargo > Up', { candidates, answer: 'titles' })).toEqual([
      0, 1, 2, 3, 4,
    ]);
  });
});

describe('titles without their article', () => {
  const parse = (text: string, candidates = films) => parseRanking(text, { candidates, answer: 'titles' });

  it.each([
    ['numbered', '1. Matrix\n2. Heat\n3. Jaws'],
    ['with the year', '1. Matrix (1999)\n2. Heat\n3. Jaws'],
    ['JSON', '["Matrix", "Heat", "Jaws"]'],
    ['lines', 'Matrix\nHeat\nJaws'],
    ['a chain', 'Matrix > Heat > Jaws'],
  ])('%s', (_, text) => {
    expect(parse(text)).toMatchObject({ order: Int32Array.of(3, 0, 2), approximate: 1, foreign: [] });
  });

  it('also where the article stands behind', () => {
    const candidates = items('Heat', 'Misérables, Les (1998)', 'Thing, The (1982)');
    expect(parse('1. Thing\n2. Misérables\n3. Heat', candidates)).toMatchObject({
      order: Int32Array.of(2, 1, 0),
      approximate: 2,
    });
  });

  it.each<[string, string[], string, readonly number[]]>([
    ['another candidate has the title', ['The Matrix', 'Matrix', 'Heat'], '1. Matrix\n2. Heat', [1, 2]],
    ['two would fit', ['The Thing', 'A Thing', 'Heat', 'Jaws'], '1. Thing\n2. Heat\n3. Jaws', [2, 3]],
    [
      'another title ends like it',
      ['The Island', 'Shutter Island', 'Heat', 'Jaws'],
      '1. Island\n2. Heat\n3. Jaws',
      [2, 3],
    ],
    ['the title goes on', ['The Godfather', 'Heat', 'Jaws'], '1. Godfather Part II\n2. Heat\n3. Jaws', [1, 2]],
    ['another part follows', ['The Matrix', 'Heat', 'Jaws'], '1. Matrix: Reloaded\n2. Heat\n3. Jaws', [1, 2]],
    ['the year is another', ['The Thing (1982)', 'Heat', 'Jaws'], '1. Thing (2011)\n2. Heat\n3. Jaws', [1, 2]],
    ['it is a heading', ['The Others', 'Heat', 'Jaws'], 'Others:\nHeat\nJaws', [1, 2]],
    ['a number would be left', ['The 400', 'Heat', 'Jaws'], '1. Heat\n2. 400 or so\n3. Jaws', [1, 2]],
  ])('name nothing where %s', (_, titles, text, expected) => {
    expect(read(text, { candidates: items(...titles), answer: 'titles' })).toEqual(expected);
  });
});

describe('Chinese numerals', () => {
  it.each<[string, string, readonly number[] | string]>([
    ['circled numbers', '②>①>③', [1, 0, 2]],
    ['circled numbers behind a label', '排序：③ → ① → ②', [2, 0, 1]],
    ['numerals', '二 > 一 > 三。', [1, 0, 2]],
    ['one that no candidate has', '二 > 一 > 十一', [1, 0]],
  ])('%s in a chain', (_, text, expected) => expect(read(text, { candidates: books })).toEqual(expected));

  it('are titles where they are', () => {
    expect(read('二 > 一 > 三', { candidates: items('一', '三', '二') })).toEqual([2, 0, 1]);
  });

  it('name nothing where titles were asked for', () => {
    expect(read('二 > 一 > 三', { candidates: films, answer: 'titles' })).toBe('wrong-language');
  });

  it.each<[string, string, Partial<ParseOptions>]>([
    ['places', '第一名：三体；第二名：活着；第三名：围城', { answer: 'titles' }],
    ['places in digits', '第1名：三体，第2名：活着，第3名：围城。', { answer: 'titles' }],
    ['words', '首先[3]，其次[2]，然后[1]', {}],
    ['words and titles', '首先是《三体》，其次是《活着》，最后是《围城》。', { answer: 'titles' }],
  ])('%s on one line', (_, text, options) => expect(read(text, { candidates: books, ...options })).toEqual([2, 1, 0]));
});
