import { describe, expect, it } from 'vitest';
import { readPromptLists } from './prompt-lists.ts';

const read = (text: string): unknown[] => readPromptLists(text, (title) => title === 'Heat' || title === 'Up');

describe('readPromptLists', () => {
  it.each([
    ['1. A\n2. B', ['1', '2']],
    ['0) A\n1) B', ['0', '1']],
    ['(1) A\n(2) B', ['1', '2']],
    ['1、A\n2、B', ['1', '2']],
    ['1．A\n2．B', ['1', '2']],
    ['（1）A\n（2）B', ['1', '2']],
    ['[1] A\n[2] B', ['1', '2']],
    ['[A] A\n[B] B', ['A', 'B']],
    ['A. A\nB. B', ['A', 'B']],
    ['A) A\nB) B', ['A', 'B']],
    ['- A\n- B', ['1', '2']],
    ['* A\n• B', ['1', '2']],
    ['1.A\n2.B', ['1', '2']],
    ['【1】A\n【2】B', ['1', '2']],
    ['(A) A\n(B) B', ['A', 'B']],
    ['C1: A\nC2: B', ['C1', 'C2']],
    ['Movie 1: A\nMovie 2: B', ['1', '2']],
    ['#1 A\n#2 B', ['1', '2']],
    ['**1.** A\n**2.** B', ['1', '2']],
    ['1. A\n\n2. B', ['1', '2']],
    ['- A\n\n- B', ['1', '2']],
    ['1. A\r\n2. B\r\n', ['1', '2']],
  ])('reads the labels of %j', (text, labels) => {
    expect(read(text)).toEqual([{ heading: '', bracketed: /^[[【]/.test(text), labels, entries: ['A', 'B'] }]);
  });

  it.each(['3.5 stars are good', '-5 degrees', '2001: A Space Odyssey', 'A film', '12 Angry Men'])(
    'sees no list in %s',
    (text) => {
      expect(read(text)).toEqual([text]);
    },
  );

  it('parts a heading from the sentences before it, across a blank line', () => {
    expect(read('You are kind. I watched:\n\n1. A\n\nRank them.')).toEqual([
      'You are kind.',
      { heading: 'I watched:', bracketed: false, labels: ['1'], entries: ['A'] },
      'Rank them.',
    ]);
  });

  it('reads several lists in one line', () => {
    expect(read('You are kind. Seen: Heat, Up. Options: Up, Heat. Go!')).toEqual([
      'You are kind.',
      { heading: 'Seen:', bracketed: false, labels: ['1', '2'], entries: ['Heat', 'Up'] },
      { heading: 'Options:', bracketed: false, labels: ['1', '2'], entries: ['Up', 'Heat'] },
      'Go!',
    ]);
  });

  it('begins another list where numbers begin again', () => {
    expect(read('1. A\n\n1. B')).toHaveLength(2);
  });

  it('takes headings of markdown across a blank line', () => {
    expect(read('## Seen\n\n- A\n\n**Options**\n\n- B')).toMatchObject([
      { heading: '## Seen' },
      { heading: '**Options**' },
    ]);
  });

  it('reads what stands between tags, and leaves out the closing ones', () => {
    expect(read('<seen>\n- A\n</seen>\n<options>Heat, Up</options>')).toMatchObject([
      { heading: '<seen>', entries: ['A'] },
      { heading: 'options:', entries: ['Heat', 'Up'] },
    ]);
    expect(read('<history>\nA\nB\n</history>\nRank.')).toMatchObject([
      { heading: '<history>', entries: ['A', 'B'] },
      'Rank.',
    ]);
  });

  it('reads tables and JSON under their headings', () => {
    expect(read('Be kind. Seen:\n\n| id | title |\n|---|---|\n| 7 | A |\nRank.')).toMatchObject([
      'Be kind.',
      { heading: 'Seen:', labels: ['7'], entries: ['A'] },
      'Rank.',
    ]);
    expect(read('Hi.\nSeen:\n["A", "B"]\nOptions: ["C"] Rank.')).toMatchObject([
      'Hi.',
      { heading: 'Seen:', entries: ['A', 'B'] },
      { heading: 'Options:', entries: ['C'] },
      'Rank.',
    ]);
    expect(read('Data:\n{"history": ["A"], "candidates": ["B"]}')).toMatchObject([
      'Data:',
      { heading: 'history' },
      { heading: 'candidates' },
    ]);
  });
});
