import { describe, expect, it } from 'vitest';
import { readInlineList } from './inline-list.ts';

const known = new Set([
  'Heat',
  'Alien',
  'Solaris',
  'The Good, the Bad and the Ugly',
  'Up',
  '活着',
  '英雄',
  '[REC] (2007)',
  'Bell and Book (1958)',
]);
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
    [
      "I've seen Heat, Alien and Up. Which next? Options: Solaris",
      ["I've seen", ['Heat', 'Alien', 'Up'], ' Which next? Options: Solaris'],
    ],
    ['Seen: Heat -> Alien > Up', ['Seen:', ['Heat', 'Alien', 'Up'], '']],
    ['Options: [REC] (2007), [2] Heat', ['Options:', ['[REC] (2007)', '2: Heat'], '']],
    [
      'I loved "Heat" (1995) and "Alien". Rank "Up" and "Solaris".',
      ['I loved ', ['Heat', 'Alien'], '. Rank "Up" and "Solaris".'],
    ],
    [
      '我看过《活着》和《英雄》。请从《活着》、《英雄》中选。',
      ['我看过', ['活着', '英雄'], '。请从《活着》、《英雄》中选。'],
    ],
    [
      'I watched Heat, Alien and Bell and Book (1958). Please rank these: Up, Solaris.',
      ['I watched', ['Heat', 'Alien', 'Bell and Book (1958)'], ' Please rank these: Up, Solaris.'],
    ],
    ['Which is next: Up, Solaris? Rank them.', ['Which is next:', ['Up', 'Solaris'], ' Rank them.']],
    [
      'Yesterday I watched Heat, and before that Alien (1979). Which is next: Up, Solaris?',
      ['Yesterday I watched Heat, and before that Alien (1979). Which is next:', ['Up', 'Solaris'], ''],
    ],
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
