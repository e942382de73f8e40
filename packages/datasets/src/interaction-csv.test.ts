import { describe, expect, it } from 'vitest';
import { parseInteractionCsv } from './interaction-csv.ts';

const columns = { user: 'who', item: 'what', time: 'when', value: 'stars', title: 'name' };
const header = 'when,who,what,stars,name,ignored\n';
const body = '5,u1,a,4,"Äpple, red 😀",x\n3,u2,b,1,"He said ""no""",x\n9,u1,b,2.5,other name,x\n';
const options = { columns, fileName: 'data/plays.csv' };

describe('parseInteractionCsv', () => {
  it('reads named columns whatever their order, with quoted fields', () => {
    const { name, order, log } = parseInteractionCsv(header + body, options);
    expect([name, order]).toEqual(['plays', 'timestamp']);
    expect(log.users).toEqual(['u1', 'u2']);
    expect(log.items).toEqual([
      { id: 'a', title: 'Äpple, red 😀' },
      { id: 'b', title: 'He said "no"' },
    ]);
    expect([...log.item]).toEqual([0, 1, 1]);
    expect([...log.time!]).toEqual([5, 3, 9]);
    expect([...log.value!]).toEqual([4, 1, 2.5]);
  });

  it('reads the same with a byte order mark, CRLF, empty lines and another delimiter', () => {
    const windows = `\uFEFF${header}\n${body}\n`.replaceAll('\n', '\r\n');
    expect(parseInteractionCsv(windows, options)).toEqual(parseInteractionCsv(header + body, options));
    const tabs = 'who\twhat\nu1\ta, b\n';
    const { log } = parseInteractionCsv(tabs, {
      columns: { user: 'who', item: 'what' },
      fileName: 'x.tsv',
      delimiter: '\t',
    });
    expect(log.items[0]!.title).toBe('a, b');
  });

  it('claims no order without a time column unless one is declared', () => {
    const plain = { columns: { user: 'who', item: 'what' }, fileName: 'x.csv' };
    expect(parseInteractionCsv(header + body, plain).order).toBe('none');
    expect(parseInteractionCsv(header + body, plain).log.time).toBeUndefined();
    expect(parseInteractionCsv(header + body, { ...plain, order: 'column' }).order).toBe('column');
    expect(() => parseInteractionCsv(header + body, { ...plain, order: 'timestamp' })).toThrow('Name the time column.');
  });

  it('prefers the titles of known items and keeps unused ones', () => {
    const items = [
      { id: 'z', title: 'Unused' },
      { id: 'a', title: 'Known' },
    ];
    const { log } = parseInteractionCsv(header + body, { ...options, items, name: 'mine' });
    expect(log.items.map((item) => item.title)).toEqual(['Unused', 'Known', 'He said "no"']);
  });

  it.each([
    ['an empty file', '', undefined, 'a header line and records', 'an empty file'],
    ['only a header', header, undefined, 'records below the header', 'none'],
    [
      'a header without the column',
      'who,what,stars,name\nu,a,1,A\n',
      1,
      'a column named "when"',
      'columns who, what, stars, name',
    ],
    ['a column twice', 'who,who,what,when,stars,name\n', 1, 'one column named "who"', 'several'],
    ['an empty user', `${header}5,,a,4,A,x\n`, 2, 'a value in column "who"', 'an empty field'],
    ['a blank item', `${header}5,u, ,4,A,x\n`, 2, 'a value in column "what"', 'an empty field'],
    ['an empty title', `${header}5,u,a,4,,x\n`, 2, 'a value in column "name"', 'an empty field'],
    ['a time in words', `${header}${body}noon,u,a,4,A,x\n`, 5, 'a number in column "when"', '"noon"'],
    ['an empty time', `${header},u,a,4,A,x\n`, 2, 'a number in column "when"', '""'],
    ['an infinite value', `${header}5,u,a,Infinity,A,x\n`, 2, 'a number in column "stars"', '"Infinity"'],
    ['too few columns', `${header}\r\n5,u,a,4,"A\r\nB",x\r\n5,u,a\r\n`, 5, '6 columns as in the header', '3'],
    ['too many columns', `${header}5,u,a,4,A,x,y\n`, 2, '6 columns as in the header', '7'],
    [
      'an open quote',
      `${header}5,u,a,4,"A,x\n`,
      2,
      'fields that hold quotes to be quoted as in RFC 4180',
      expect.stringContaining('Quote Not Closed'),
    ],
  ])('refuses %s', (_, text, line, expected, received) => {
    expect(() => parseInteractionCsv(text, options)).toThrow(
      expect.objectContaining({ code: 'DATASET', file: 'data/plays.csv', line, expected, received }),
    );
  });

  it('refuses orders and delimiters that it does not know', () => {
    expect(() => parseInteractionCsv(header + body, { ...options, order: 'time' as 'timestamp' })).toThrow(
      'Expected order to be "timestamp" or "column" or "none", received "time".',
    );
    for (const delimiter of ['', '::', '"', '\n']) {
      expect(() => parseInteractionCsv(header + body, { ...options, delimiter })).toThrow(
        'Expected delimiter to be one',
      );
    }
  });

  it('asks for the delimiter where the header is a single column', () => {
    expect(() => parseInteractionCsv('who;what\nu;a\n', options)).toThrow('Pass the delimiter');
  });
});
