import type { Item } from '@rppkit/spec';
import { describe, expect, it } from 'vitest';
import type { DatasetError } from '../dataset-error.ts';
import { createMemoryFile } from '../files/data-file.ts';
import { type ItemCsvOptions, readItemCsv } from './item-csv.ts';

const columns = { item: 'id', title: 'name', genres: 'kinds', maker: 'by' };

const read = (text: string, options: ItemCsvOptions = { columns }): Promise<Item[]> =>
  readItemCsv(createMemoryFile('items.csv', text), options);

describe('readItemCsv', () => {
  it('reads attributes, as lists where any row has several', async () => {
    expect(await read('id,name,kinds,by\n1, Lamp ,Home|Light ,Ann\n2,Rug,Home,\n3,"Cup, The",,Bo\n')).toEqual([
      { id: '1', title: 'Lamp', attributes: { genres: ['Home', 'Light'], maker: 'Ann' } },
      { id: '2', title: 'Rug', attributes: { genres: ['Home'] } },
      { id: '3', title: 'The Cup', attributes: { maker: 'Bo' } },
    ]);
  });

  it('gives no attributes where none are named', async () => {
    expect(await read('id,name\n1,Lamp\n', { columns: { item: 'id', title: 'name' } })).toEqual([
      { id: '1', title: 'Lamp' },
    ]);
  });

  it('takes a header, another list separator and titles as they are', async () => {
    const options = {
      columns: { item: 'id', title: 'name', tags: 'tags' },
      header: ['id', 'name', 'tags'],
      listSeparator: ';',
      moveArticles: false,
      decodeEntities: false,
    };
    expect(await read('1,"Cup &amp; Saucer, The",a;b|c\n', options)).toEqual([
      { id: '1', title: 'Cup &amp; Saucer, The', attributes: { tags: ['a', 'b|c'] } },
    ]);
  });

  it('leaves bad lines out and reports each', async () => {
    const bad: string[] = [];
    const onBadLine = (error: DatasetError): void => void bad.push(`${error.line}: ${error.received}`);
    const text = 'id,name,kinds,by\n1,A,,\n,B,,\n1,C,,\n2,D,,\n3,E\n';
    expect((await read(text, { columns, onBadLine })).map(({ title }) => title)).toEqual(['A', 'D']);
    expect(bad).toEqual(['3: an empty field', '4: item 1 again (first in line 2)', '6: 2']);
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
    ['a header alone', 'id,name,kinds,by\n', undefined, 'at least one item', 'none'],
  ])('refuses %s', async (_, text, line, expected, received) => {
    await expect(read(text)).rejects.toThrow(
      expect.objectContaining({ code: 'DATASET', file: 'items.csv', line, expected, received }),
    );
  });
});
