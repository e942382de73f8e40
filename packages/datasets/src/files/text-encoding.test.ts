import { describe, expect, it } from 'vitest';
import { createBlobFile, createMemoryFile, type DataFile } from './data-file.ts';
import { convertToUtf8, readBytes, type TextEncoding } from './text-encoding.ts';

const latin1 = Uint8Array.of(0x43, 0x61, 0x66, 0xe9, 0x20, 0x80);
const utf8 = new TextEncoder().encode('Café');

const read = async (bytes: Uint8Array, encoding: TextEncoding): Promise<string> =>
  new TextDecoder().decode(await readBytes(await convertToUtf8(createMemoryFile('x', bytes), encoding)));

describe('convertToUtf8', () => {
  it('reads every byte of Latin-1 as the character of that number', async () => {
    expect(await read(latin1, 'latin-1')).toBe('Café \u0080');
    const all = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    expect(await read(all, 'latin-1')).toBe(String.fromCharCode(...all));
  });

  it('takes a file as Latin-1 only where it is no UTF-8', async () => {
    expect(await read(latin1, 'utf-8-or-latin-1')).toBe('Café \u0080');
    expect(await read(utf8, 'utf-8-or-latin-1')).toBe('Café');
  });

  it('leaves UTF-8 to its reader', async () => {
    const file = createMemoryFile('x', utf8);
    expect(await convertToUtf8(file, 'utf-8')).toBe(file);
  });

  it('refuses other encodings', async () => {
    await expect(convertToUtf8(createMemoryFile('x', utf8), 'utf-16' as 'utf-8')).rejects.toThrow(
      expect.objectContaining({ code: 'INVALID_ARGUMENT', argument: 'encoding' }),
    );
  });
});

describe('readBytes', () => {
  it('joins chunks, also of a reader that reuses its buffer', async () => {
    const chunk = new Uint8Array(2);
    const file: DataFile = {
      name: 'x',
      async *chunks() {
        for (const byte of [1, 3, 5]) {
          chunk.set([byte, byte + 1]);
          yield chunk;
        }
      },
    };
    expect([...(await readBytes(file))]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('createMemoryFile', () => {
  it('gives large files in parts', async () => {
    const bytes = Uint8Array.from({ length: 2_500_000 }, (_, at) => at % 251);
    const lengths: number[] = [];
    for await (const chunk of createMemoryFile('x', bytes).chunks()) lengths.push(chunk.length);
    expect(lengths).toEqual([1 << 20, 1 << 20, 2_500_000 - (1 << 21)]);
    const read = await readBytes(createMemoryFile('x', bytes));
    expect([read.length, read.every((byte, at) => byte === bytes[at])]).toEqual([bytes.length, true]);
  });
});

describe('createBlobFile', () => {
  it('reads a blob, more than once, and names it', async () => {
    const blob = new Blob([utf8]);
    const file = createBlobFile(blob, 'plays.csv');
    expect(file.name).toBe('plays.csv');
    expect(await readBytes(file)).toEqual(utf8);
    expect(await readBytes(file)).toEqual(utf8);
    expect(createBlobFile(new File([utf8], 'own.csv')).name).toBe('own.csv');
    expect(createBlobFile(blob).name).toBe('blob');
  });
});
