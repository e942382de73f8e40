import { describe, expect, it } from 'vitest';
import { parseItemCsv } from './item-csv.ts';

const columns = { item: 'id', title: 'name', genres: 'kinds', maker: 'by' };
const options = { columns, fileName: 'items.csv' };

describe('parseItemCsv', () => {
  it('reads attributes, as lists where any row has several', () => {
    const text = 'id,name,kinds,by\n1, Lamp ,Home|Light ,Ann\n2,Rug,Home,\n3,Cup,,Bo\n';
    expect(parseItemCsv(text, options)).toEqual([
      { id: '1', title: 'Lamp', attributes: { genres: ['Home', 'Light'], maker: 'Ann' } },
      { id: '2', title: 'Rug', attributes: { genres: ['Home'] } },
      { id: '3', title: 'Cup', attributes: { maker: 'Bo' } },
    ]);
  });

  it('gives no attributes where none are named', () => {
    const text = 'id,name\n1,Lamp\n';
    expect(parseItemCsv(text, { fileName: 'items.csv', columns: { item: 'id', title: 'name' } })).toEqual([
      { id: '1', title: 'Lamp' },
    ]);
  });

  it.each([
    [
      'an id twice',
      'id,name,kinds,by\n1,A,,\n2,B,,\n1,C,,\n',
      4,
      'one row for each item',
      'item 1 again (first in line 2)',
    ],
    [
      'a title of control characters',
      'id,name,kinds,by\n1,\u0007,,\n',
      2,
      'a value in column "name"',
      'an empty field',
    ],
    ['a missing attribute column', 'id,name,by\n1,A,\n', 1, 'a column named "kinds"', 'columns id, name, by'],
  ])('refuses %s', (_, text, line, expected, received) => {
    expect(() => parseItemCsv(text, options)).toThrow(
      expect.objectContaining({ code: 'DATASET', file: 'items.csv', line, expected, received }),
    );
  });
});
