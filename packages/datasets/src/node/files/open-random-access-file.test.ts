import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRandomAccessFile } from './open-random-access-file.ts';

describe('openRandomAccessFile', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rppkit-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('reads parts in any order', async () => {
    const path = join(folder, 'digits');
    await writeFile(path, '0123456789');
    const file = await openRandomAccessFile(path);
    const read = async (start: number, end?: number): Promise<string> =>
      new TextDecoder().decode(await file.slice(start, end));
    expect([file.name, file.byteLength]).toEqual([path, 10]);
    expect([await read(7), await read(0, 3), await read(3, 3)]).toEqual(['789', '012', '']);
    await truncate(path, 5);
    await expect(read(3, 8)).rejects.toThrow('expected 8 bytes, received 5. It changed while it was read.');
    await rm(path);
    await expect(read(0, 1)).rejects.toThrow('nothing at this path');
  });

  it('says what is wrong with a path', async () => {
    await expect(openRandomAccessFile(join(folder, 'nowhere'))).rejects.toThrow('received nothing at this path');
  });
});
