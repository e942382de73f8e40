import { parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { DatasetError } from '../dataset-error.ts';
import { createMemoryFile } from '../files/data-file.ts';
import { readInteractionParquet, readItemParquet } from './parquet.ts';
import type { RandomAccessFile } from './random-access-file.ts';

type Columns = Parameters<typeof parquetWriteBuffer>[0]['columnData'];

function write(columnData: Columns, rowGroupSize = 2): Uint8Array {
  return new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize }));
}

const columns = { user: 'user', item: 'item', time: 'time', value: 'stars', title: 'name' };
const users = ['u1', 'u2', 'u1', 'u1', 'u2'];
const items = [1n, 2n, 2n, 9_007_199_254_740_993n, 1n];
const times = [1_000_000_005n, 1_000_000_003n, 1_000_000_009n, 1_000_000_001n, 1_000_000_002n];
const plays: Columns = [
  { name: 'user', data: users, type: 'STRING' },
  { name: 'item', data: items, type: 'INT64' },
  { name: 'time', data: times, type: 'INT64' },
  { name: 'stars', data: [1, 2, 0.5, 4, 5], type: 'DOUBLE' },
  { name: 'name', data: ['Äpple &amp; red', 'Pear, The', 'other', 'Big', ''], type: 'STRING' },
  { name: 'unused', data: [{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }, { a: 5 }], type: 'JSON' },
];

function replace(name: string, column: Omit<Columns[number], 'name'>): Columns {
  return plays.map((original) => (original.name === name ? { name, ...column } : original));
}

function asFile(columnData: Columns): ReturnType<typeof createMemoryFile> {
  return createMemoryFile('data/plays.parquet', write(columnData));
}

describe('readInteractionParquet', () => {
  it('reads texts, 64-bit ids and times, across row groups', async () => {
    const { name, order, log } = await readInteractionParquet(asFile(plays), { columns });
    expect([name, order]).toEqual(['plays', 'timestamp']);
    expect(log.users).toEqual(['u1', 'u2']);
    expect(log.items).toEqual([
      { id: '1', title: 'Äpple & red' },
      { id: '2', title: 'The Pear' },
      { id: '9007199254740993', title: 'Big' },
    ]);
    expect([...log.user]).toEqual([0, 1, 0, 0, 1]);
    expect([...log.item]).toEqual([0, 1, 1, 2, 0]);
    expect([...log.time!]).toEqual(times.map(Number));
    expect([...log.value!]).toEqual([1, 2, 0.5, 4, 5]);
  });

  it.each(['TIMESTAMP_MILLIS', 'TIMESTAMP_MICROS'] as const)('reads times of type %s', async (type) => {
    const factor = type === 'TIMESTAMP_MILLIS' ? 1000n : 1_000_000n;
    const buffer = parquetWriteBuffer({
      columnData: [
        { name: 'user', data: users },
        { name: 'item', data: items },
        { name: 'time', data: times.map((time) => time * factor) },
      ],
      schema: [
        { name: 'root', num_children: 3 },
        { name: 'user', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'REQUIRED' },
        { name: 'item', type: 'INT64', repetition_type: 'REQUIRED' },
        { name: 'time', type: 'INT64', converted_type: type, repetition_type: 'REQUIRED' },
      ],
    });
    const file = createMemoryFile('x.parquet', new Uint8Array(buffer));
    const { log } = await readInteractionParquet(file, { columns: { user: 'user', item: 'item', time: 'time' } });
    expect([...log.time!]).toEqual(times.map(Number));
  });

  it('reads one column for several purposes and claims no order without times', async () => {
    const { order, log } = await readInteractionParquet(asFile(plays), { columns: { user: 'item', item: 'item' } });
    expect(order).toBe('none');
    expect(log.users).toEqual(log.items.map(({ id }) => id));
  });

  it('reads only what it needs of a file with random access', async () => {
    const rows = Array.from({ length: 20_000 }, (_, row) => row);
    const columnData: Columns = [
      { name: 'user', data: rows.map((row) => row % 7), type: 'INT32' },
      { name: 'item', data: rows.map((row) => row % 11), type: 'INT32' },
      { name: 'text', data: rows.map((row) => `${row}`.padStart(100)), type: 'STRING' },
    ];
    const bytes = new Uint8Array(parquetWriteBuffer({ columnData, rowGroupSize: 5000, codec: 'UNCOMPRESSED' }));
    let read = 0;
    const file: RandomAccessFile = {
      name: 'big.parquet',
      byteLength: bytes.length,
      slice: async (start, end = bytes.length) => {
        read += end - start;
        return bytes.slice(start, end).buffer as ArrayBuffer;
      },
    };
    const { log } = await readInteractionParquet(file, { columns: { user: 'user', item: 'item' } });
    expect([log.user.length, log.users.length, log.items.length]).toEqual([20_000, 7, 11]);
    // The end of the file, which holds its index, is read in one piece of half a MiB.
    expect(read).toBeLessThan(2 ** 19 + 50_000);
    expect(bytes.length).toBeGreaterThan(2 ** 20);
  });

  const time = 'a time in seconds since 1970, between the years 1990 and 2100 in column "time"';
  const id = 'an id (text or whole number) in column';
  it.each([
    ['no user', replace('user', { data: ['u', null, 'v', 'w', 'x'], type: 'STRING' }), `${id} "user"`, 'null in row 2'],
    [
      'an empty user',
      replace('user', { data: ['u', 'v', 'w', ' ', 'x'], type: 'STRING' }),
      `${id} "user"`,
      '" " in row 4',
    ],
    [
      'a fraction as item',
      replace('item', { data: [1, 2, 3, 4, 5.5], type: 'DOUBLE' }),
      `${id} "item"`,
      '5.5 in row 5',
    ],
    [
      'other text than UTF-8',
      replace('user', {
        data: [0x61, 0x62, 0xe4, 0x64, 0x65].map((byte) => new Uint8Array([byte])),
        type: 'BYTE_ARRAY',
      }),
      `${id} "user"`,
      'Uint8Array of length 1 in row 3',
    ],
    [
      'a time in words',
      replace('time', { data: ['1000000000', '?', '', '', ''], type: 'STRING' }),
      time,
      '"?" in row 2',
    ],
    ['a count as time', replace('time', { data: [10n, 1n, 2n, 3n, 4n], type: 'INT64' }), time, '10n in row 1'],
    [
      'no value',
      replace('stars', { data: [1, 2, 3, 4, Number.NaN], type: 'DOUBLE' }),
      'a number in column "stars"',
      'NaN in row 5',
    ],
    [
      'no title',
      replace('name', { data: ['A', null, 'C', 'D', 'E'], type: 'STRING' }),
      'a title in column "name"',
      'null in row 2',
    ],
  ])('refuses %s', async (_, columnData, expected, received) => {
    await expect(readInteractionParquet(asFile(columnData), { columns })).rejects.toMatchObject({
      code: 'DATASET',
      file: 'data/plays.parquet',
      line: undefined,
      expected,
      received: expect.stringMatching(
        new RegExp(`^${received.replace('null', '(null|undefined)').replace('?', '\\?')}$`),
      ),
    });
  });

  it('leaves bad rows out, with their users and items', async () => {
    const messages: string[] = [];
    const bad = replace('stars', { data: [1, Number.NaN, 3, Number.NaN, 5], type: 'DOUBLE' });
    const { log } = await readInteractionParquet(asFile(bad), {
      columns: { user: 'user', item: 'item', value: 'stars' },
      onBadLine: ({ received }) => messages.push(received),
    });
    expect(messages).toEqual(['NaN in row 2', 'NaN in row 4']);
    expect([log.users, log.items.map((item) => item.id)]).toEqual([
      ['u1', 'u2'],
      ['1', '2'],
    ]);
  });

  it('names the columns that exist', async () => {
    const nested: Columns = [...plays.slice(0, 2)];
    await expect(readInteractionParquet(asFile(nested), { columns })).rejects.toThrow(
      'data/plays.parquet: expected a column named "time", received columns user, item.',
    );
  });

  it.each([
    ['an empty file', new Uint8Array(0)],
    ['a text', new TextEncoder().encode('user,item\n1,2\n')],
    ['a truncated file', write(plays).slice(0, -100)],
    ['a file without its beginning', write(plays).slice(200)],
  ])('refuses %s', async (_, bytes) => {
    const reading = readInteractionParquet(createMemoryFile('x.parquet', bytes), { columns });
    await expect(reading).rejects.toThrow(DatasetError);
    await expect(reading).rejects.toMatchObject({ file: 'x.parquet' });
  });

  it('refuses damaged pages', async () => {
    const bytes = write(plays);
    for (let at = 4; at < 200; at++) bytes[at] = 0xff;
    await expect(readInteractionParquet(createMemoryFile('x.parquet', bytes), { columns })).rejects.toThrow(
      /x\.parquet: expected rows 1 to 2 to be complete, received a fault/,
    );
  });

  it('refuses a file that promises more rows than it holds', async () => {
    const data = Array.from({ length: 77 }, (_, row) => `${row}`);
    const bytes = write([{ name: 'user', data, type: 'STRING' }], 1000);
    // The last 77 in the file, as a zigzag varint 154, counts the rows of the row group.
    const at = bytes.findLastIndex((byte, index) => byte === 0x9a && bytes[index + 1] === 1);
    bytes[at] = 0x9c;
    const file = createMemoryFile('x.parquet', bytes);
    await expect(readInteractionParquet(file, { columns: { user: 'user', item: 'user' } })).rejects.toThrow(
      'expected rows 1 to 78 to be complete, received a fault (77 rows).',
    );
  });

  it('refuses a file without rows', async () => {
    const none: Columns = [
      { name: 'user', data: [], type: 'STRING' },
      { name: 'item', data: [], type: 'STRING' },
    ];
    await expect(readInteractionParquet(asFile(none), { columns: { user: 'user', item: 'item' } })).rejects.toThrow(
      'expected at least one interaction, received none',
    );
  });

  it('passes on errors of whoever gives the bytes', async () => {
    const error = new DatasetError('far.parquet', 'an answer', 'status 404');
    const file: RandomAccessFile = { name: 'far.parquet', byteLength: 1000, slice: () => Promise.reject(error) };
    await expect(readInteractionParquet(file, { columns })).rejects.toBe(error);
    const other: RandomAccessFile = { ...file, slice: () => Promise.reject('offline') };
    await expect(readInteractionParquet(other, { columns })).rejects.toThrow(
      'expected a Parquet file, received a fault.',
    );
  });
});

describe('readItemParquet', () => {
  const films: Columns = [
    { name: 'id', data: [1, 2], type: 'INT32' },
    { name: 'name', data: ['Pear, The', 'B'], type: 'STRING' },
    { name: 'tags', data: [['Drama', 'War'], ['Art']], type: 'JSON' },
    { name: 'year', data: [1990n, null], type: 'INT64' },
  ];
  const columns = { item: 'id', title: 'name', genres: 'tags', year: 'year' };

  it('reads titles and attributes', async () => {
    expect(await readItemParquet(asFile(films), { columns })).toEqual([
      { id: '1', title: 'The Pear', attributes: { genres: ['Drama', 'War'], year: '1990' } },
      { id: '2', title: 'B', attributes: { genres: ['Art'] } },
    ]);
  });

  it('refuses an item twice, and a column that holds something else', async () => {
    const twice = films.map((column) => (column.name === 'id' ? { ...column, data: [1, 1] } : column));
    await expect(readItemParquet(asFile(twice), { columns })).rejects.toThrow(
      'expected one row for each item, received item 1 again (first in row 1) in row 2.',
    );
    const objects = films.map((column) => (column.name === 'tags' ? { ...column, data: [{ a: 1 }, {}] } : column));
    await expect(readItemParquet(asFile(objects), { columns })).rejects.toThrow('received object in row 1');
  });
});
