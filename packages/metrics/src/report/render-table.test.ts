import { InvalidArgumentError } from '@rppkit/spec';
import { describe, expect, test } from 'vitest';
import { computeDisplayWidth } from './display-width.ts';
import { type ColumnAlignment, renderEstimate, renderTable } from './index.ts';

const columns = ['prompt', 'NDCG@10', 'calls'];
const rows = [
  ['chance', '.454', '-'],
  ['popularity 人気', '.643 ±.012', '1,200'],
];

describe('renderTable as text', () => {
  test('aligns numbers right and pads by display width', () => {
    expect(renderTable({ columns, rows })).toBe(
      [
        'prompt              NDCG@10  calls',
        '---------------  ----------  -----',
        'chance                 .454      -',
        'popularity 人気  .643 ±.012  1,200',
      ].join('\n'),
    );
  });

  test('follows a given alignment, and leaves columns without digits on the left', () => {
    const alignment: ColumnAlignment[] = ['right', 'left', 'left'];
    expect(renderTable({ columns, rows, alignment }).split('\n')[2]).toBe('         chance  .454        -');
    expect(renderTable({ columns: ['column'], rows: [['-'], ['-']] })).toBe('column\n------\n-\n-');
    expect(renderTable({ columns: ['a', 'b'], rows: [] })).toBe('a  b\n-  -');
  });

  test('wraps titles and labels at blanks to fit, never numbers', () => {
    const wide = {
      columns: ['prompt', 'mean reward a user', 'tokens'],
      rows: [
        ['RPP with users swapped at random', '0.543 ±0.012', '12,000'],
        ['first line\nsecond', '0.5', '7'],
      ],
    };
    expect(renderTable(wide, { maxWidth: 36 })).toBe(
      [
        'prompt           mean reward  tokens',
        '                      a user',
        '--------------  ------------  ------',
        'RPP with users  0.543 ±0.012  12,000',
        'swapped at',
        'random',
        'first line               0.5       7',
        'second',
      ].join('\n'),
    );
    for (const maxWidth of [36, 40, 50, 80]) {
      const widths = renderTable(wide, { maxWidth }).split('\n').map(computeDisplayWidth);
      expect(Math.max(...widths)).toBeLessThanOrEqual(maxWidth);
    }
    // Nothing can shrink below its longest word: the table is wider than asked for, and whole.
    expect(renderTable(wide, { maxWidth: 20 })).toContain('0.543 ±0.012');
  });

  test('turns control characters into blanks', () => {
    expect(renderTable({ columns: ['a\tb'], rows: [['\u001b[31mred']] })).toBe('a b\n--------\n [31mred');
    expect(renderTable({ columns: ['a'], rows: [['b\u202ec\u2028d\r\ne\rf']] })).toBe('a\n-----\nb c d\ne\nf');
  });
});

test('renderTable as Markdown escapes bars and marks alignment', () => {
  expect(renderTable({ columns, rows: [['a | b\nc', '1', '2']] }, { format: 'markdown' })).toBe(
    ['| prompt | NDCG@10 | calls |', '| --- | ---: | ---: |', '| a \\| b<br>c | 1 | 2 |'].join('\n'),
  );
});

test('renderTable rejects rows of another length and wrong options', () => {
  expect(() => renderTable({ columns: [], rows: [] })).toThrow(/Expected columns to be at least one title/);
  expect(() => renderTable({ columns, rows: [['a']] })).toThrow(
    /Expected rows\[0\].length to be 3, one cell a column, received 1/,
  );
  expect(() => renderTable({ columns, rows, alignment: ['left'] })).toThrow(/alignment.length/);
  expect(() => renderTable({ columns, rows }, { maxWidth: 3 })).toThrow(InvalidArgumentError);
  expect(() => renderTable({ columns, rows }, { format: 'html' as 'text' })).toThrow(/'text' or 'markdown'/);
});

test.each([
  ['', 0],
  ['abc', 3],
  ['±.012', 5],
  ['e\u0301', 1],
  ['\u200b', 0],
  ['人気', 4],
  ['한국', 4],
  ['👩‍💻', 2],
  ['❤️', 2],
])('computeDisplayWidth(%j) = %i', (text, width) => {
  expect(computeDisplayWidth(text)).toBe(width);
});

describe('renderEstimate', () => {
  const estimate = { mean: 0.54321, low: 0.5311, high: 0.5555 };

  test('writes the interval or its half-width', () => {
    expect(renderEstimate(estimate)).toBe('0.543 [0.531, 0.555]'); // .5555 is stored as .55549999…
    expect(renderEstimate(estimate, { leadingZero: false })).toBe('.543 [.531, .555]');
    expect(renderEstimate(estimate, { style: 'half-width', decimals: 4 })).toBe('0.5432 ±0.0122');
    expect(renderEstimate({ mean: -0.02, low: -0.00001, high: 1 }, { leadingZero: false })).toBe('-.020 [.000, 1.000]');
    expect(renderEstimate({ mean: 12, low: 10, high: 14 }, { decimals: 0, leadingZero: false })).toBe('12 [10, 14]');
  });

  test('rejects what is no number', () => {
    expect(() => renderEstimate({ ...estimate, low: Number.NaN })).toThrow(/Expected low to be a finite number/);
    expect(() => renderEstimate(estimate, { decimals: 1.5 })).toThrow(/Expected decimals/);
    expect(() => renderEstimate(estimate, { style: 'sd' as 'interval' })).toThrow(/Expected style/);
  });
});
