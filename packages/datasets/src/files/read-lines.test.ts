import { describe, expect, it } from 'vitest';
import type { DatasetError } from '../dataset-error.ts';
import { createMemoryFile, type DataFile } from './data-file.ts';
import { readLines, type TextLine } from './read-lines.ts';
import type { ReadOptions } from './read-options.ts';

async function collect(file: DataFile, options: ReadOptions = {}): Promise<TextLine[]> {
  const lines: TextLine[] = [];
  for await (const line of readLines(file, options)) lines.push(line);
  return lines;
}

describe('readLines', () => {
  it('gives lines as they stand, with their numbers, without those of blanks', async () => {
    const file = createMemoryFile('a.txt', '\ufeffone\r\n\n \t \n\ttwo "x, y \nthrée');
    expect(await collect(file)).toEqual([
      { text: 'one', line: 1 },
      { text: '\ttwo "x, y ', line: 4 },
      { text: 'thrée', line: 5 },
    ]);
  });

  it('refuses bytes that are no UTF-8, or leaves their line out', async () => {
    const file = createMemoryFile('a.txt', new Uint8Array([0x61, 0x0a, 0xe4, 0x0a, 0x62]));
    await expect(collect(file)).rejects.toMatchObject({ file: 'a.txt', line: 2, expected: 'text in UTF-8' });
    const errors: DatasetError[] = [];
    const lines = await collect(file, { onBadLine: (error) => errors.push(error) });
    expect(lines.map(({ line }) => line)).toEqual([1, 3]);
    expect(errors.map(({ line }) => line)).toEqual([2]);
  });

  it('refuses a line of a gigabyte before it is in memory', async () => {
    let chunks = 0;
    const endless: DataFile = {
      name: 'endless.jsonl',
      async *chunks() {
        const chunk = new Uint8Array(1 << 20).fill(0x61);
        for (; chunks < 1024; chunks++) yield chunk;
      },
    };
    await expect(collect(endless)).rejects.toMatchObject({ line: 1, expected: 'a line of at most 16 MiB' });
    expect(chunks).toBeLessThan(20);
  });

  it('refuses an empty file and a binary one', async () => {
    await expect(collect(createMemoryFile('a', '\n'))).rejects.toThrow('a: expected lines of text, received an empty');
    await expect(collect(createMemoryFile('a', 'x\0'))).rejects.toThrow('received a byte 0');
  });
});
