import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DatasetError } from '../dataset-error.ts';
import { createMemoryFile, type DataFile } from '../files/data-file.ts';
import type { FieldSyntax } from './field-syntax.ts';
import { readRecords } from './read-records.ts';
import { decodeField } from './record-batch.ts';
import { longestRecord } from './record-splitter.ts';
import { readAll } from './testing/read-all.ts';
import { readNaively } from './testing/read-naively.ts';

const encoder = new TextEncoder();

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

  it('reads what a naive reader reads, whatever the size of chunks, with lines and bad lines', async () => {
    const unit = fc.constantFrom('a', ',', '"', '\n', '\r', '\r\n', ' ', ':', '::', '|', 'é', '1', '"",', '",');
    const syntaxes = fc.record({ delimiter: fc.constantFrom(',', '::', '|', ' ', ',:'), quotes: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit, maxLength: 60 }),
        fc.integer({ min: 1, max: 30 }),
        syntaxes,
        fc.integer({ min: 1, max: 3 }),
        async (body, chunkSize, syntax, columns) => {
          const text = `${Array.from({ length: columns }, () => 'h').join(syntax.delimiter)}\n${body}`;
          const bad: [number | undefined, string][] = [];
          const onBadLine = ({ line, received }: DatasetError): void => void bad.push([line, received]);
          const records = await readAll(text, syntax, { chunkSize, onBadLine });
          expect([records, bad]).toEqual(readNaively(text, syntax));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('loses no good line to a quote that does not close', async () => {
    const bad: [number | undefined, string][] = [];
    const onBadLine = ({ line, received }: DatasetError): void => void bad.push([line, received]);
    const records = await readAll('a,b\n1,"x\n2,y\n3,z\n4,"q"\n5,w\n', csv, { onBadLine });
    expect(records.map(({ line, fields }) => [line, ...fields])).toEqual([
      [1, 'a', 'b'],
      [3, '2', 'y'],
      [4, '3', 'z'],
      [5, '4', 'q'],
      [6, '5', 'w'],
    ]);
    expect(bad).toEqual([[2, 'text after a closing quote']]);
  });

  it.each([
    ['a byte 0', '1,\u0000\n', 'a byte 0, as binary files have'],
    ['an open quote', '1,"2\n', 'the end of the file'],
  ])('hands over the records before %s', async (_, end, received) => {
    const seen: string[] = [];
    const read = async (): Promise<void> => {
      const file = createMemoryFile('x.csv', `a,b\n1,2\n3,4\n${end}`);
      for await (const batch of readRecords(file, csv)) {
        for (let record = 0; record < batch.records; record++) seen.push(decodeField(batch, record, 0));
      }
    };
    await expect(read()).rejects.toThrow(expect.objectContaining({ line: 4, received }));
    expect(seen).toEqual(['a', '1', '3']);
  });

  it.each<[string, string | Uint8Array]>([
    ['quotes', 'a,"b"x\n1,2\n'],
    ['bytes', Uint8Array.of(0x61, 0x2c, 0xe9, 0x0a, 0x31, 0x2c, 0x32, 0x0a)],
    ['an open quote', 'a,"b\n1,2\n'],
  ])('refuses a first record with broken %s, also where bad lines are left out', async (_, text) => {
    const bad: DatasetError[] = [];
    const reading = readAll(text, csv, { onBadLine: (error) => bad.push(error) });
    await expect(reading).rejects.toThrow(expect.objectContaining({ line: 1 }));
    expect(bad).toEqual([]);
  });

  it('says that no line can be used', async () => {
    const bad: (number | undefined)[] = [];
    const reading = readAll('1\n2\n', { ...tabs, columns: 2 }, { onBadLine: ({ line }) => bad.push(line) });
    await expect(reading).rejects.toThrow('expected at least one line that can be used, received none');
    expect(bad).toEqual([1, 2]);
  });

  const utf16 = [...'user,item\n'].flatMap((character) => [character.charCodeAt(0), 0]);
  it.each([
    ['gzip', [0x1f, 0x8b, 8, 1, 1, 1, 1, 1, 2, 3, 0x0a], 'a gzip file', 'Inflate it first'],
    ['zip', [0x50, 0x4b, 3, 4, 20, 0, 0x0a], 'a zip archive', 'Inflate it first'],
    ['UTF-16', [0xff, 0xfe, ...utf16], 'text in UTF-16', 'Convert the file to UTF-8.'],
    ['UTF-16, high byte first', [0xfe, 0xff, 0, ...utf16], 'text in UTF-16', 'Convert the file to UTF-8.'],
    ['UTF-16 without mark', utf16, 'a byte 0, as binary files have', 'Check that the file'],
    ['PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13], 'other bytes', 'Pass the encoding'],
    ['zeros', new Uint8Array(longestRecord + 100), 'a byte 0, as binary files have', 'Check that the file'],
  ])('refuses %s for text, also where bad lines are left out', async (_, bytes, received, advice) => {
    const reading = readAll(Uint8Array.from(bytes), csv, { onBadLine: () => {} });
    await expect(reading).rejects.toThrow(expect.objectContaining({ line: 1, received }));
    await expect(reading).rejects.toThrow(advice);
  });

  it('reads a long line in short chunks in time that grows with its length', async () => {
    const chunk = encoder.encode('x'.repeat(256));
    const long: DataFile = {
      name: 'x.csv',
      async *chunks() {
        yield encoder.encode('a\tb\n');
        for (let sent = 0; sent < 1.5 * longestRecord; sent += chunk.length) yield chunk;
        yield encoder.encode('\n1\t2');
      },
    };
    const lines: number[] = [];
    for await (const batch of readRecords(long, tabs, { onBadLine: () => {} })) {
      for (let record = 0; record < batch.records; record++) lines.push(batch.lines[record]!);
    }
    // Quadratic cost would take minutes.
    expect(lines).toEqual([1, 3]);
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
