import type { Item } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import { type ParseOptions, parseRanking } from './parse-ranking.ts';

const items = (...titles: string[]): Item[] => titles.map((title, index) => ({ id: String(index), title }));
const films = items('Heat (1995)', 'Fargo (1996)', 'Jaws (1975)', 'The Matrix (1999)', 'Amélie (2001)');
const read = (text: string, options: Partial<ParseOptions> = {}): readonly number[] | string => {
  const parsed = parseRanking(text, { candidates: films, answer: 'titles', ...options });
  return parsed.kind === 'invalid' ? parsed.reason : [...parsed.order];
};

describe('JSON of other shapes', () => {
  it.each<[string, string, readonly number[] | string]>([
    [
      'objects inside fields',
      '[{"movie": {"title": "Jaws"}}, {"movie": {"id": 1, "name": "Heat"}}, {"film": {"name": "Fargo"}}]',
      [2, 0, 1],
    ],
    ['objects without a known field', '[{"pick": "Jaws", "why": "sharks"}, {"pick": "Heat"}]', [2, 0]],
    ['fields that name several candidates', '[{"a": "Jaws", "b": "Heat"}, {"a": "Fargo", "b": "Amélie"}]', 'no-list'],
    ['fields of long texts', `[{"a": "Jaws", "b": "${'so '.repeat(80)}"}, {"a": "Heat"}]`, [2, 0]],
    ['numbers as texts', '[{"id": "#3"}, {"id": "1"}, {"candidate": "[2]"}]', [2, 0, 1]],
    ['a number with a foreign title', '[{"id": 3, "title": "大白鲨"}, {"id": 1, "title": "盗火线"}]', [2, 0]],
    ['a number with a known title', '[{"id": 3, "title": "Heat"}, {"id": 1, "title": "Jaws"}]', [0, 2]],
    ['titles that say nothing', '[{"title": "Jaws"}, {"title": "N/A"}, {"title": "Heat"}]', [2, 0]],
    ['ranks as texts', '[{"title": "Heat", "rank": "#2"}, {"title": "Jaws", "rank": "No 1"}]', [2, 0]],
    ['ranks that are none', '[{"title": "Heat", "rank": true}, {"title": "Jaws", "rank": []}]', [0, 2]],
    ['pairs of rank and title', '[[1, "Jaws"], [2, "Heat"]]', [2, 0]],
    ['arrays of one number', '[[3], [1], [2]]', [2, 0, 1]],
    ['arrays of arrays', '[["Jaws", "sharks"], ["Heat", "thieves"]]', 'no-list'],
    ['fractions', '[3, 0.5, 1]', [2, 0]],
    ['empty texts', '["Jaws", "", "Heat"]', [2, 0]],
    ['words that stand for nothing', '["Jaws", null, "Heat"]', [2, 0]],
    ['ranks from 0', '{"0": "Jaws", "1": "Heat"}', [2, 0]],
    ['ranks in words', '{"Rank 2": "Heat", "Rank 1": "Jaws"}', [2, 0]],
    ['ranks of arrays', '{"1": ["Jaws", "Heat"], "2": ["Fargo"]}', [2, 0]],
    ['scores that fall', '{"Jaws": 9.5, "Heat": 7.25}', [2, 0]],
    ['scores that do not fall', '{"Jaws": 7.25, "Heat": 9.5}', 'no-list'],
    ['sums', '{"Jaws": 9, "total": 12}', 'no-list'],
    ['keys of numbers', '{"ranking": [{"1": "Jaws", "2": "Heat"}]}', [2, 0]],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual(expected));

  it('names one candidate where there is just one', () => {
    const candidates = items('Paterson');
    for (const text of ['{"title": "Paterson"}', '{"1": "Paterson"}', '{"best": {"id": 1}}'])
      expect(read(text, { candidates })).toEqual([0]);
  });

  it('keeps titles that are numbers', () => {
    const candidates = items('300', '1917', 'Heat');
    expect(read('[1917, 300]', { candidates })).toEqual([1, 0]);
    expect(read('[{"title": 1917}, {"title": "300"}, {"title": "Heat"}]', { candidates })).toEqual([0, 2]);
  });
});

describe('entities', () => {
  it.each([
    ['by name', '1. Jaws &ndash; sharks\n2. Heat&nbsp;&hellip;'],
    ['by number', '1. J&#97;ws\n2. H&#x65;at'],
    ['of what is no character', '1. Jaws &#55357; &#x01;\n2. Heat &#99999;'],
  ])('%s', (_, text) => expect(read(text)).toEqual([2, 0]));
});

describe('markers of other shapes', () => {
  it.each([
    ['double circles', '⓵ Jaws\n⓶ Heat'],
    ['black circles', '❶ Jaws\n❷ Heat'],
    ['numbers with their points', '⒈Jaws\n⒉Heat'],
    ['Roman numerals', 'i. Jaws\nii. Heat'],
    ['letters', 'a) Jaws\nb) Heat'],
    ['words', 'First: Jaws\nNext: Heat'],
    ['Han of two digits', '十一、Jaws\n十二、Heat'],
    ['Han of three', '二十、Jaws\n二十一、Heat'],
    ['emoji that are none', '🎬 Jaws\n🎬 Heat'],
    ['letters in circles', 'Ⓐ Jaws\nⒷ Heat'],
  ])('%s', (_, text) => expect(read(text)).toEqual([2, 0]));

  it('may be those of a title', () => {
    const candidates = items('Heat', '1. Ignore the above', 'Jaws');
    expect(read('1. Heat\n1. Ignore the above\n3. Jaws', { candidates })).toEqual([0, 1, 2]);
  });
});

describe('slips of the pen', () => {
  const near = items('Spirited Away', 'The Darkness', 'Wall Street', 'Fast Five', 'Princess Mononoke');
  it.each<[string, string, number]>([
    ['words written together', 'Spiritedaway', 0],
    ['words written apart', 'Wall Stre et', 2],
    ['an s that is missing', 'The Darknes', 1],
    ['neighbours swapped', 'Pirncess Mononoke', 4],
    ['another number word', 'Fast Nine', -1],
    ['a plural', 'Spirited Aways', -1],
    ['another word', 'Princess Monopoly', -1],
    ['far more letters', 'Princess Mononoke Monono', -1],
  ])('%s', (_, text, expected) => {
    const parsed = parseRanking(`1. ${text}\n2. Solaris\n3. Stalker\n4. Zelig`, {
      candidates: [...near, ...items('Solaris', 'Stalker', 'Zelig')],
      answer: 'titles',
    });
    expect(parsed.kind === 'invalid' ? parsed : [...parsed.order]).toEqual(
      expected < 0 ? [5, 6, 7] : [expected, 5, 6, 7],
    );
  });
});

describe('tags that are titles', () => {
  const candidates = items('<think>', '</think>', 'Heat', 'Jaws');
  it.each<[string, string, readonly number[] | string]>([
    ['behind a marker', '1. <think>\n2. Heat', [0, 2]],
    ['in quotes', '1. "</think>"\n2. Heat', [1, 2]],
    ['between titles', 'Heat\n</think>\nJaws', [2, 1, 3]],
    ['in front of the answer', '</think>\nJaws\nHeat', [3, 2]],
    ['behind other words', 'Heat it is </think>\nJaws\nHeat', [3, 2]],
  ])('%s', (_, text, expected) => expect(read(text, { candidates })).toEqual(expected));
});

describe('lists of other shapes', () => {
  it.each<[string, string, readonly number[] | string]>([
    ['a countdown of the candidates in their own order', '3. Jaws\n2. Fargo\n1. Heat', [2, 1, 0]],
    ['numbers that fall with a gap', '3. Heat\n1. Jaws', 'no-list'],
    ['numbers of which some are doubled', '3. Heat\n3. Jaws\n1. Fargo', [0, 2]],
    ['a chain that goes on below', '[3] > [1]\n> [2]', [2, 0, 1]],
    ['labels in front of titles', '1. Title: Jaws\n2. Film: Heat\n3. "Movie: Fargo"', [2, 0, 1]],
    ['a line of numbers with a gap', '1) Jaws 2) N/A 3) Heat', [2, 0]],
    ['a table of numbers without a head', '| 1 | 3 |\n| 2 | 1 |\n| 3 | 2 |', [2, 0, 1]],
    ['a table of numbers that count nothing', '| 4 | 3 |\n| 9 | 1 |\n| 3 | 2 |', 'no-list'],
    ['a sentence that is long', `${'so '.repeat(110)}> [3] > [1]`, [2, 0]],
    ['rows of two numbers', '1 3\n2 1', 'no-list'],
  ])('%s', (_, text, expected) => expect(read(text)).toEqual(expected));

  it.each<[string, string, readonly number[] | string]>([
    [
      'a head that names the column',
      '| Place | Candidate | Score |\n|---|---|---|\n| 1 | 3 | 9 |\n| 2 | 1 | 8 |',
      [2, 0],
    ],
    ['numbers in brackets', '| 1 | [3] |\n| 2 | [1] |', [2, 0]],
    ['numbers beside the ranks', '| Rank | x |\n|---|---|\n| 1 | 3 |\n| 2 | 1 |', [2, 0]],
    ['ranks that are the own numbers', '| # | Film |\n|---|---|\n| 3 | Jaws |\n| 1 | Heat |\n| 2 | Fargo |', [2, 0, 1]],
    ['ranks that are doubled', '| Rank | Film |\n|---|---|\n| 1 | Jaws |\n| 1 | Heat |', [2, 0]],
    ['foreign rows', '| Rank | Film |\n|---|---|\n| 1 | Up |\n| 2 | Cars |', 'no-list'],
  ])('a table with %s', (_, text, expected) => expect(read(text, { answer: 'indices' })).toEqual(expected));

  it('are chains of numbers beside a title that is one', () => {
    const candidates = items('[2] > [1]', 'Heat', 'Jaws');
    expect(read('(2) > (1) > (3)', { candidates, answer: 'indices' })).toEqual([1, 0, 2]);
    expect(read('(3) > (2) > (1)', { candidates, answer: 'indices' })).toEqual([2, 1, 0]);
    expect(read('[2] > [1] > [3]', { candidates, answer: 'indices' })).toEqual([1, 0, 2]);
  });

  it('may repeat themselves without end', () => {
    expect(read(Array.from({ length: 200 }, () => '[2] > [1]').join(' > '), { answer: 'indices' })).toEqual([1, 0]);
  });

  it('name nothing by what two titles have in common', () => {
    const candidates = items('The Thing', 'Thing, The', 'Heat', 'Jaws');
    expect(read('1. Heat\n2. The Thing\n3. Jaws', { candidates })).toEqual([2, 0, 3]);
  });

  it('hold titles that begin like a line, a chain or a table', () => {
    const candidates = items('B. Monkey', 'A > B > C', '| Rank | Title |', 'Heat', '2. Heat');
    expect(read('1. B. Monkey\n2. A > B > C\n3. | Rank | Title |', { candidates })).toEqual([0, 1, 2]);
    expect(read('- AA > B > C\n- Heat\n- B. Monkey', { candidates })).toEqual([3, 0]);
    expect(read('- A > B > CD\n- Heat\n- B. Monkey', { candidates })).toEqual([3, 0]);
    expect(read('| Rank | Title |\n|---|---|\n| 2 | Heat |\n| 1 | B. Monkey |', { candidates })).toEqual([0, 3]);
  });
});

describe('candidates', () => {
  it('may be none', () => {
    expect(read('1. Heat\n2. Jaws', { candidates: [] })).toBe('no-list');
    expect(read('', { candidates: [] })).toBe('empty');
  });

  it('may have the names that objects inherit, or none', () => {
    const candidates = items('constructor', '__proto__', 'toString', '');
    expect(read('1. __proto__\n2. constructor\n3. toString', { candidates })).toEqual([1, 0, 2]);
    expect(read('["toString", "__proto__"]', { candidates })).toEqual([2, 1]);
    expect(read('{"__proto__": 1, "constructor": 2}', { candidates })).toEqual([1, 0]);
    expect(read('1. (untitled)\n2. toString', { candidates })).toEqual([3, 2]);
  });
});
