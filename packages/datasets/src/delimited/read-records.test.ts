import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatasetError } from '../dataset-error.ts';
import type { DataFile } from '../files/data-file.ts';
import { readRecords } from './read-records.ts';
import { decodeField } from './record-batch.ts';
import { type FieldSyntax, longestRecord } from './record-splitter.ts';

const encoder = new TextEncoder();

/** A file in chunks of the given size, each overwritten once the next is asked for. */
function createChunkedFile(content: string | Uint8Array, chunkSize: number): DataFile {
  const bytes = typeof content === 'string' ? encoder.encode(content) : content;
  return {
    name: 'x.csv',
    async *chunks() {
      const chunk = new Uint8Array(chunkSize);
      for (let at = 0; at < bytes.length; at += chunkSize) {
        const part = bytes.subarray(at, at + chunkSize);
        chunk.set(part);
        yield chunk.subarray(0, part.length);
        chunk.fill(0);
      }
    },
  };
}

interface ReadRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

async function readAll(
  content: string | Uint8Array,
  syntax: FieldSyntax,
  { chunkSize = 1 << 16, onBadLine }: { chunkSize?: number; onBadLine?: (error: DatasetError) => void } = {},
): Promise<ReadRecord[]> {
  const records: ReadRecord[] = [];
  const options = onBadLine === undefined ? {} : { onBadLine };
  for await (const batch of readRecords(createChunkedFile(content, chunkSize), syntax, options)) {
    for (let record = 0; record < batch.records; record++) {
      const fields = Array.from({ length: batch.columns }, (_, column) => decodeField(batch, record, column));
      records.push({ line: batch.lines[record]!, fields });
    }
  }
  return records;
}

const tabs: FieldSyntax = { delimiter: '\t', quotes: false };
const csv: FieldSyntax = { delimiter: ',', quotes: true };

describe('readRecords', () => {
  it('cuts lines at delimiters and numbers them', async () => {
    expect(await readAll('a\tb\n\n1\t"2\r\n', tabs)).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 3, fields: ['1', '"2'] },
    ]);
  });

  it('reads quoted fields with delimiters, line ends and doubled quotes', async () => {
    const text = 'a,"b, ""c""\r\nd",e\n"","x",""""\r\n1,2,3';
    expect(await readAll(text, csv)).toEqual([
      { line: 1, fields: ['a', 'b, "c"\r\nd', 'e'] },
      { line: 3, fields: ['', 'x', '"'] },
      { line: 4, fields: ['1', '2', '3'] },
    ]);
  });

  it('takes delimiters of several characters, whose parts are text', async () => {
    expect(await readAll('1::A: B:::x\n', { delimiter: '::', quotes: false })).toEqual([
      { line: 1, fields: ['1', 'A: B', ':x'] },
    ]);
  });

  it('drops a byte order mark, also one that a chunk ends in', async () => {
    for (const chunkSize of [1, 2, 3, 4]) {
      expect(await readAll('\uFEFFa\tb', tabs, { chunkSize })).toEqual([{ line: 1, fields: ['a', 'b'] }]);
    }
  });

  it('reads one column, with empty lines in between', async () => {
    const one = { delimiter: '\t', quotes: false, columns: 1 };
    expect(await readAll('a\n\r\nb\n\n', one)).toEqual([
      { line: 1, fields: ['a'] },
      { line: 3, fields: ['b'] },
    ]);
  });

  it('reads more records than a batch holds', async () => {
    const lines = Array.from({ length: 40_000 }, (_, row) => `${row}\t${row % 7}`);
    const records = await readAll(`${lines.join('\n')}\n`, tabs);
    expect(records.map(({ fields }) => fields.join('\t'))).toEqual(lines);
    expect(records.at(-1)!.line).toBe(40_000);
  });

  it('reads what csv-parse reads, in chunks of any size', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r\n', ' ', 'é', '😀', '7'), maxLength: 6 });
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((columns) =>
        fc.array(fc.array(field, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 8 }),
      );
    const written = table.map((rows) =>
      rows.map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')).join('\n'),
    );
    await fc.assert(
      fc.asyncProperty(written, fc.integer({ min: 1, max: 40 }), async (text, chunkSize) => {
        const expected = (parse(text) as string[][]).map((row) => row.map((value) => value.replace(/^ +| +$/g, '')));
        const records = await readAll(text, csv, { chunkSize });
        expect(records.map(({ fields }) => fields)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('reads the same whatever the size of chunks, bad lines included', async () => {
    const unit = fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', '1');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, maxLength: 60 }), fc.integer({ min: 1, max: 30 }), async (text, chunkSize) => {
        const read = async (size: number): Promise<unknown> => {
          const bad: string[] = [];
          const onBadLine = (error: DatasetError): void => void bad.push(error.message);
          const outcome = await readAll(`h,h\n${text}`, csv, { chunkSize: size, onBadLine });
          return [outcome, bad];
        };
        expect(await read(chunkSize)).toEqual(await read(1 << 16));
      }),
      { numRuns: 300 },
    );
  });

  it.each<[string, string, FieldSyntax, number | undefined, string, string]>([
    ['an empty file', '', tabs, undefined, 'lines of text', 'an empty file'],
    ['empty lines alone', '\n\r\n', tabs, undefined, 'lines of text', 'an empty file'],
    ['too few columns', 'a\tb\n1\n', tabs, 2, '2 columns separated by tabs', '1'],
    ['too many columns', 'a,b\n\n1,"2\n",3\n', csv, 3, '2 columns separated by ","', '3'],
    [
      'a quote in a plain field',
      'a,b\n1,2"\n',
      csv,
      2,
      'fields that hold quotes to be quoted as in RFC 4180',
      'a quote inside a field without quotes',
    ],
    [
      'text after a quote',
      'a,b\n1,"2"3\n',
      csv,
      2,
      'fields that hold quotes to be quoted as in RFC 4180',
      'text after a closing quote',
    ],
    ['an open quote', 'a,b\n1,2\n3,"4\n5,6\n', csv, 3, 'a closing quote', 'the end of the file'],
    ['a binary file', 'a\tb\n1\t\u0000\n', tabs, 2, 'text', 'a byte 0, as binary files have'],
  ])('refuses %s', async (_, text, syntax, line, expected, received) => {
    await expect(readAll(text, syntax)).rejects.toThrow(
      expect.objectContaining({ code: 'DATASET', file: 'x.csv', line, expected, received }),
    );
  });

  it('refuses bytes that are no UTF-8, and names their line', async () => {
    const bytes = Uint8Array.of(...encoder.encode('é\tb\n'), 0xe9, 0x09, 0x62, 0x0a);
    await expect(readAll(bytes, tabs)).rejects.toThrow(
      expect.objectContaining({ line: 2, expected: 'text in UTF-8', received: 'other bytes' }),
    );
  });

  it('hands bad lines to whoever asks for them and goes on behind each', async () => {
    const bad: [number | undefined, string][] = [];
    const onBadLine = ({ line, received }: DatasetError): void => void bad.push([line, received]);
    const text = 'a,b\n1\n2,x"\n3,"4"5\n"6",7\n8,"9\n10,11\n';
    expect(await readAll(text, csv, { onBadLine })).toEqual([
      { line: 1, fields: ['a', 'b'] },
      { line: 5, fields: ['6', '7'] },
      { line: 7, fields: ['10', '11'] },
    ]);
    expect(bad).toEqual([
      [2, '1'],
      [3, 'a quote inside a field without quotes'],
      [4, 'text after a closing quote'],
      [6, 'the end of the file'],
    ]);
  });

  it('refuses a line without end in bounded memory, and goes on behind it when asked to', async () => {
    const overlong: DataFile = {
      name: 'x.csv',
      async *chunks() {
        yield encoder.encode('a\tb\n');
        const chunk = new Uint8Array(1 << 20).fill(0x78);
        for (let sent = 0; sent < 3 * longestRecord; sent += chunk.length) yield chunk;
        yield encoder.encode('\n1\t2\n');
      },
    };
    const read = async (onBadLine?: (error: DatasetError) => void): Promise<string[]> => {
      const seen: string[] = [];
      for await (const batch of readRecords(overlong, tabs, onBadLine === undefined ? {} : { onBadLine })) {
        expect(batch.bytes.length).toBeLessThanOrEqual(4 * longestRecord);
        for (let record = 0; record < batch.records; record++) {
          seen.push(`${batch.lines[record]}: ${decodeField(batch, record, 0)}`);
        }
      }
      return seen;
    };
    await expect(read()).rejects.toThrow(expect.objectContaining({ line: 2, expected: 'a line of at most 16 MiB' }));
    const bad: (number | undefined)[] = [];
    expect(await read(({ line }) => bad.push(line))).toEqual(['1: a', '3: 1']);
    expect(bad).toEqual([2]);
  });

  it('closes the file when the reader stops early', async () => {
    let closed = false;
    const file: DataFile = {
      name: 'x',
      async *chunks() {
        try {
          for (;;) yield encoder.encode('a\tb\n');
        } finally {
          closed = true;
        }
      },
    };
    for await (const batch of readRecords(file, tabs)) if (batch.records > 0) break;
    expect(closed).toBe(true);
  });
});
