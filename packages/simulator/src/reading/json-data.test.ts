import { describe, expect, it } from 'vitest';
import { findJsonData } from './json-data.ts';

const known = new Set(['Heat', 'Alien', 'Up', "Singin' in the Rain"]);
const read = (text: string, heading = ''): unknown =>
  findJsonData(
    text,
    (title) => known.has(title),
    () => heading,
  ).map(({ start, end, lists, sentences }) => [
    text.slice(0, start),
    ...lists.map((list) => [list.heading, list.entries, list.labels.join('')]),
    ...sentences,
    text.slice(end),
  ]);

describe('findJsonData', () => {
  it.each<readonly [string, unknown]>([
    ['Options: ["Heat", "Up"]!', [['Options: ', ['', ['Heat', 'Up'], '12'], '!']]],
    ['Options: [3, 4], ["Heat", 3, "Up", "Alien"]', [['Options: [3, 4], ', ['', ['Heat', 'Up', 'Alien'], '123'], '']]],
    [
      '{"watch_history": ["A", "B"],\n "myCandidates": [\n  "C"\n ]}',
      [['', ['watch history', ['A', 'B'], '12'], ['my Candidates', ['C'], '1'], '']],
    ],
    [
      '{"seen": [{"title": "A", "rating": 3}], "candidates": [{"id": 7, "name": "B"}]}',
      [['', ['seen', ['A'], '1'], ['candidates', ['B'], '7'], '']],
    ],
    ['{"candidates": {"A": "X", "B": "Y"}}', [['', ['candidates', ['X', 'Y'], 'AB'], '']]],
    [`['0. Heat', "1. Singin' in the Rain"]`, [['', ['', ['Heat', "Singin' in the Rain"], '01'], '']]],
    [
      '{"history": ["A", "B"], "task": "Rank by taste, please."}',
      [['', ['history', ['A', 'B'], '12'], 'Rank by taste, please.', '']],
    ],
    ['{x: ["Heat", "Up"]}', [['{x: ', ['', ['Heat', 'Up'], '12'], '}']]],
  ])('%s', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it('takes titles that nobody has heard of where the heading announces them', () => {
    expect(read('["A", "B"]')).toEqual([]);
    expect(read('["A", "B"]', 'Candidates:')).toEqual([['', ['', ['A', 'B'], '12'], '']]);
  });

  it.each([
    'Write ["<title>", "<title>"]',
    'Write {"candidates": ["Title A", "Title B"]}',
    'Write {"ranking": ["One", "Two"]}',
    '{"candidates": []}',
    '["Heat", "Up"',
    '[["Heat"], {"": null}]',
    '{"__proto__": ["x"], "constructor": "y"}',
  ])('finds none in: %s', (text) => {
    expect(read(text)).toEqual([]);
  });

  it.each(['["', "['a', ", '{"a": [', '[[', '["\\', '[ '])('reads 200 kB of %j', (piece) => {
    expect(read(piece.repeat(200_000 / piece.length))).toEqual([]);
  });
});
