import { describe, expect, it } from 'vitest';
import type { Dataset } from '../dataset.ts';
import type { DatasetError } from '../dataset-error.ts';
import { createMemoryFile } from '../files/data-file.ts';
import { type InteractionCsvOptions, readInteractionCsv } from './interaction-csv.ts';

const columns = { user: 'who', item: 'what', time: 'when', value: 'stars', title: 'name' };
const header = 'when,who,what,stars,name,ignored\n';
const [noon, one, two] = [1700000000, 1700003600, 1700007200];
const body = `${one},u1,a,4,"Äpple, red 😀",x\n${noon},u2,b,1,"He said ""no""",x\n${two},u1,b,2.5,other name,x\n`;
const options = { columns };

const read = (text: string | Uint8Array, wanted: InteractionCsvOptions = options): Promise<Dataset> =>
  readInteractionCsv(createMemoryFile('data/plays.csv', text), wanted);

describe('readInteractionCsv', () => {
  it('reads named columns whatever their order, with quoted fields', async () => {
    const { name, order, log } = await read(header + body);
    expect([name, order]).toEqual(['plays', 'timestamp']);
    expect(log.users).toEqual(['u1', 'u2']);
    expect(log.items).toEqual([
      { id: 'a', title: 'Äpple, red 😀' },
      { id: 'b', title: 'He said "no"' },
    ]);
    expect([...log.item]).toEqual([0, 1, 1]);
    expect([...log.time!]).toEqual([one, noon, two]);
    expect([...log.value!]).toEqual([4, 1, 2.5]);
    expect(log.position).toBeUndefined();
  });

  it('reads the same with a byte order mark, CRLF, empty lines and another delimiter', async () => {
    const windows = `\uFEFF${header}\n${body}\n`.replaceAll('\n', '\r\n');
    expect(await read(windows)).toEqual(await read(header + body));
    const { log } = await read('who\twhat\nu1\ta, b\n', { columns: { user: 'who', item: 'what' }, delimiter: '\t' });
    expect(log.items[0]!.title).toBe('a, b');
  });

  it.each([
    ['a day that its month lacks', '2023-02-30'],
    ['text far behind a day', `2023-05-31${' '.repeat(40)}noon`],
    ['a month 13', '2023-13-01'],
  ])('refuses %s', async (_, time) => {
    const wanted = { columns: { user: 'u', item: 'i', time: 't' }, timeFormat: 'iso-8601' } as const;
    await expect(read(`u,i,t\na,b,${time}\n`, wanted)).rejects.toThrow('expected a time such as 2024-05-31T12:00:00Z');
    expect([...(await read('u,i,t\na,b,  2023-05-31 \n', wanted)).log.time!]).toEqual([1685491200]);
  });

  it('refuses values that 32 bits cannot hold', async () => {
    const wanted = { columns: { user: 'u', item: 'i', value: 'v' } };
    await expect(read('u,i,v\na,b,1e39\n', wanted)).rejects.toThrow('expected a number in column "v"');
    expect([...(await read('u,i,v\na,b,1e38\n', wanted)).log.value!]).toEqual([Math.fround(1e38)]);
  });

  it('names the line of the header and not each of its many columns', async () => {
    const names = Array.from({ length: 200 }, (_, column) => `${'c'.repeat(column)}${column}`);
    const reading = read(`\n${names.join(',')}\n`, { columns: { user: 'u', item: 'i' } });
    await expect(reading).rejects.toThrow(/^data\/plays\.csv, line 2: .{1,4000} and 150 more\. Pass the name/);
    const unnamed = read('a,b\n', { columns: { user: 'u', item: 'i' }, header: ['x', 'y'] });
    await expect(unnamed).rejects.toThrow('data/plays.csv: expected a column named "u", received columns x, y');
  });

  it('reads a header in quotes', async () => {
    const { log } = await read('"u","the ""i"", 2"\r\na,b', { columns: { user: 'u', item: 'the "i", 2' } });
    expect([log.users, log.items]).toEqual([['a'], [{ id: 'b', title: 'b' }]]);
  });

  it('reads files without a header, without quotes and in Latin-1', async () => {
    const text = Uint8Array.from('u1::"\xe4"::3\n', (character) => character.charCodeAt(0));
    const { log } = await read(text, {
      columns: { user: 'user', item: 'item', value: 'stars' },
      header: ['user', 'item', 'stars'],
      delimiter: '::',
      quotes: false,
      encoding: 'latin-1',
    });
    expect([log.users, log.items[0]!.id, log.value![0]]).toEqual([['u1'], '"ä"', 3]);
  });

  it('trims ids', async () => {
    const { log } = await read('who,what\n u1 , a b \nu1,a b\n', { columns: { user: 'who', item: 'what' } });
    expect([log.users, log.items.map(({ id }) => id)]).toEqual([['u1'], ['a b']]);
  });

  it('claims no order without a time column unless one is declared', async () => {
    const plain = { columns: { user: 'who', item: 'what' } };
    expect((await read(header + body, plain)).order).toBe('none');
    expect((await read(header + body, plain)).log.time).toBeUndefined();
    expect((await read(header + body, { ...plain, order: 'column' })).order).toBe('column');
    await expect(read(header + body, { ...plain, order: 'timestamp' })).rejects.toThrow('Name the time column.');
  });

  it('refuses a column of play counts as times, and takes it as positions', async () => {
    const counts = 'user,item,timestamp\nu,a,13883\nu,b,7\n';
    const named = { user: 'user', item: 'item' };
    await expect(read(counts, { columns: { ...named, time: 'timestamp' } })).rejects.toThrow(
      'data/plays.csv, line 2: expected a time in seconds since 1970, between the years 1990 and 2100 in column "timestamp", received "13883". If it is a time, pass its format; if it orders rows without being one, declare order \'column\'.',
    );
    const { order, log } = await read(counts, { columns: { ...named, position: 'timestamp' } });
    expect([order, [...log.position!], log.time]).toEqual(['column', [13883, 7], undefined]);
    const declared = await read(counts, { columns: { ...named, time: 'timestamp' }, order: 'column' });
    expect(declared).toEqual({ name: 'plays', order, log });
    const both = { ...named, time: 'when', position: 'timestamp' };
    const timed = await read(`user,item,timestamp,when\nu,a,2,${noon}\n`, { columns: both, order: 'column' });
    expect([[...timed.log.position!], [...timed.log.time!]]).toEqual([[2], [noon]]);
  });

  it.each([
    ['milliseconds', '1700000000500', 1700000000.5],
    ['iso-8601', '2023-11-14T22:13:20Z', 1700000000],
    ['iso-8601', '2023-11-14 22:13:20.5', 1700000000.5],
    ['iso-8601', '2023-11-15T00:13:20+0200', 1700000000],
    ['iso-8601', '2023-11-15', 1700006400],
  ] as const)('reads times in %s, such as %s', async (timeFormat, text, time) => {
    const { log } = await read(`who,what,when\nu,a,${text}\n`, {
      columns: { user: 'who', item: 'what', time: 'when' },
      timeFormat,
    });
    expect([...log.time!]).toEqual([time]);
  });

  it.each([
    ['seconds', '1700000000500'],
    ['seconds', '2023-11-14'],
    ['milliseconds', '1700000000'],
    ['iso-8601', '1700000000'],
    ['iso-8601', '2023-13-01'],
    ['iso-8601', '14.11.2023'],
  ] as const)('refuses as times in %s: %s', async (timeFormat, text) => {
    const timed = { columns: { user: 'who', item: 'what', time: 'when' }, timeFormat };
    await expect(read(`who,what,when\nu,a,${text}\n`, timed)).rejects.toThrow(`received "${text}"`);
  });

  it('prefers the titles of known items and keeps unused ones', async () => {
    const items = [
      { id: 'z', title: 'Unused' },
      { id: 'a', title: 'Known' },
    ];
    const { log } = await read(header + body, { ...options, items, name: 'mine' });
    expect(log.items.map((item) => item.title)).toEqual(['Unused', 'Known', 'He said "no"']);
  });

  it('leaves bad lines out, with nothing of them behind, and reports each', async () => {
    const bad: string[] = [];
    const onBadLine = (error: DatasetError): void => void bad.push(`${error.line}: ${error.received}`);
    const lines = `now,ghost,ghost item,1,T,x\n${one},u3,new,4,,x\n${one},u4\n`;
    const { log } = await read(header + lines + body, { ...options, onBadLine });
    expect(bad).toEqual(['2: "now"', '3: ""', '4: 2']);
    expect(log).toEqual((await read(header + body)).log);
  });

  it.each([
    ['an empty file', '', undefined, 'lines of text', 'an empty file'],
    ['only a header', header, undefined, 'at least one interaction', 'none'],
    [
      'a header without the column',
      'who,what,stars,name\nu,a,1,A\n',
      1,
      'a column named "when"',
      'columns who, what, stars, name',
    ],
    ['a column twice', 'who,who,what,when,stars,name\n', 1, 'one column named "who"', 'several'],
    ['an empty user', `${header}${one},,a,4,A,x\n`, 2, 'an id in column "who"', '""'],
    ['a blank item', `${header}${one},u, ,4,A,x\n`, 2, 'an id in column "what"', '""'],
    ['an empty title', `${header}${one},u,a,4,,x\n`, 2, 'a title in column "name"', '""'],
    ['a time in words', `${header}${body}noon,u,a,4,A,x\n`, 5, expect.stringContaining('a time in seconds'), '"noon"'],
    ['an empty time', `${header},u,a,4,A,x\n`, 2, expect.stringContaining('a time in seconds'), '""'],
    ['an infinite value', `${header}${one},u,a,Infinity,A,x\n`, 2, 'a number in column "stars"', '"Infinity"'],
    ['too few columns', `${header}\r\n${one},u,a,4,"A\r\nB",x\r\n5,u,a\r\n`, 5, '6 columns separated by ","', '3'],
    ['too many columns', `${header}${one},u,a,4,A,x,y\n`, 2, '6 columns separated by ","', '7'],
    ['an open quote', `${header}${one},u,a,4,"A,x\n`, 2, 'a closing quote', 'the end of the file'],
  ])('refuses %s', async (_, text, line, expected, received) => {
    await expect(read(text)).rejects.toThrow(
      expect.objectContaining({ code: 'DATASET', file: 'data/plays.csv', line, expected, received }),
    );
  });

  it('refuses a position that is no number', async () => {
    const placed = { columns: { user: 'who', item: 'what', position: 'step' } };
    await expect(read('who,what,step\nu,a,first\n', placed)).rejects.toThrow('a number in column "step"');
  });

  it('refuses options that it does not know', async () => {
    await expect(read(header + body, { ...options, order: 'time' as 'timestamp' })).rejects.toThrow(
      'Expected order to be "timestamp" or "column" or "none", received "time".',
    );
    await expect(read(header + body, { ...options, timeFormat: 'days' as 'seconds' })).rejects.toThrow('timeFormat');
    await expect(read(body, { ...options, header: [] })).rejects.toThrow('header');
    for (const delimiter of ['', '"', '\n', '\r', 'ü']) {
      await expect(read(header + body, { ...options, delimiter })).rejects.toThrow('Expected delimiter to be ASCII');
    }
    const twice = [
      { id: 'a', title: 'A' },
      { id: 'b', title: 'B' },
      { id: 'a', title: 'C' },
    ];
    await expect(read(header + body, { ...options, items: twice })).rejects.toThrow('items with distinct ids');
  });

  it('asks for the delimiter where the header is a single column', async () => {
    await expect(read('who;what\nu;a\n', options)).rejects.toThrow('Pass the delimiter');
  });
});
