import { describe, expect, it } from 'vitest';
import { readTitleLines } from './title-lines.ts';

const known = new Set(['Heat', 'Up', '[REC]', 'Alien: Covenant']);
const read = (text: string): unknown => {
  const block = readTitleLines(text.split('\n'), 0, {
    isKnown: (title) => known.has(title),
    isEntry: (line) => /^(?:- |\[\w+\])/.test(line),
  });
  return block === undefined ? undefined : [block.heading, block.entries, block.lines];
};

describe('readTitleLines', () => {
  it.each([
    ['Heat\nUp\nRank them.', ['', ['Heat', 'Up'], 2]],
    ['Heat\n"Up"\nUnheard Of\n[REC]\n\nUp', ['', ['Heat', '"Up"', 'Unheard Of', '[REC]'], 4]],
    ['Heat\nAlien: Covenant', ['', ['Heat', 'Alien: Covenant'], 2]],
    ['<history>\nA\n\nB\n</history>\nRank.', ['<history>', ['A', 'B'], 5]],
    [
      '<watch_history order="newest-first">\nA\nB\n</watch_history>',
      ['<watch_history order="newest-first">', ['A', 'B'], 4],
    ],
    ['<candidates>\n<item id="1">A</item>\n<item id="2">B</item>\n</candidates>', ['<candidates>', ['A', 'B'], 4]],
    ['<候选>\n甲\n乙\n</候选>', ['<候选>', ['甲', '乙'], 4]],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each([
    'Heat',
    'Heat\nRank these:\nUp',
    'Heat\nI have not seen this one.\nUp',
    'A\nB',
    '<history>\n- A\n- B\n</history>',
    '<history>\nI watched a lot of films last year.\nMost of them were good.\n</history>',
    '<history>\nA\nB',
    '<role>\nA\nB\n</role>',
    '',
  ])('finds none in %j', (text) => {
    expect(read(text)).toBeUndefined();
  });
});
