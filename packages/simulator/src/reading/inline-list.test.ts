import { describe, expect, it } from 'vitest';
import { readInlineList } from './inline-list.ts';

const known = new Set(['Heat', 'Alien', 'Solaris', 'The Good, the Bad and the Ugly', 'Up', '活着', '英雄']);
const read = (line: string): unknown => {
  const list = readInlineList(line, (title) => known.has(title));
  return list === undefined
    ? undefined
    : [
        list.heading,
        list.entries.map(({ text, label }) => (label === undefined ? text : `${label}: ${text}`)),
        list.rest,
      ];
};

describe('readInlineList', () => {
  it.each([
    ['I watched: Heat, Alien and Solaris.', ['I watched:', ['Heat', 'Alien', 'Solaris'], '']],
    ['I watched: Heat, Alien. Rank these:', ['I watched:', ['Heat', 'Alien'], ' Rank these:']],
    [
      'Seen: Heat, The Good, the Bad and the Ugly, Unheard Of, Up',
      ['Seen:', ['Heat', 'The Good, the Bad and the Ugly', 'Unheard Of', 'Up'], ''],
    ],
    ['Options: [1] Heat, [2] Up', ['Options:', ['1: Heat', '2: Up'], '']],
    ['Options: 1. Heat; 2. Up', ['Options:', ['1: Heat', '2: Up'], '']],
    ['Options: ["Heat", "Up"]!', ['Options: ', ['Heat', 'Up'], '!']],
    ['Options: [3, 4], ["Heat", 3, "Up", "Alien"]', ['Options: [3, 4], ', ['Heat', 'Up', 'Alien'], '']],
    ['看过：《活着》、《英雄》。', ['看过：', ['活着', '英雄'], '。']],
    ['看过：活着、英雄', ['看过：', ['活着', '英雄'], '']],
    ['I loved "Heat" and "Alien"; answer in "JSON".', ['I loved ', ['Heat', 'Alien'], '; answer in "JSON".']],
    ['I loved “Heat” and “Alien”', ['I loved ', ['Heat', 'Alien'], '']],
  ])('%s', (line, expected) => {
    expect(read(line)).toEqual(expected);
  });

  it.each([
    'Answer briefly: titles, best first, nothing else',
    'I liked: Heat',
    'Write ["<title>", "<title>"]',
    'Write ["one" "two"]',
    'Write {"a": ["b", "c"]}',
    '《钟》、《鼓》',
    'Heat, Alien, Solaris',
    `Seen: ${'Heat, '.repeat(5000)}`,
  ])('finds none in: %.40s', (line) => {
    expect(read(line)).toBeUndefined();
  });
});
