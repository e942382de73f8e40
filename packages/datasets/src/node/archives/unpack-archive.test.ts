import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeZip } from './testing/write-zip.ts';
import { unpackArchive } from './unpack-archive.ts';

const makeZip = (files: Readonly<Record<string, string | Buffer>>, mode = 0o100644): Buffer =>
  writeZip([
    { name: 'folder/', content: '', method: 0, mode: 0o040755 },
    ...Object.entries(files).map(([name, content]) => ({ name, content, mode })),
  ]);

describe('unpackArchive', () => {
  let folder: string;
  let archive: string;
  let target: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rppkit-unpack-'));
    archive = join(folder, 'x.zip');
    target = join(folder, 'deep', 'data');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('writes every file, gzip as it is', async () => {
    const packed = gzipSync('packed');
    await writeFile(archive, makeZip({ 'ml/u.data': '1\t2', 'ml/sub/u.item.gz': packed }));
    expect(await unpackArchive(archive, target)).toEqual(['ml/u.data', 'ml/sub/u.item.gz']);
    expect(await readFile(join(target, 'ml/u.data'), 'utf8')).toBe('1\t2');
    expect(await readFile(join(target, 'ml/sub/u.item.gz'))).toEqual(packed);
    expect(await readdir(join(folder, 'deep'))).toEqual(['data']);
  });

  it('fills an empty folder, and touches no other', async () => {
    await writeFile(archive, makeZip({ a: 'new' }));
    await mkdir(target, { recursive: true });
    await unpackArchive(archive, target);
    await expect(unpackArchive(archive, target)).rejects.toThrow('received a folder with files in it');
    await expect(unpackArchive(archive, archive)).rejects.toThrow('expected a folder to unpack into, received');
    expect(await readFile(join(target, 'a'), 'utf8')).toBe('new');
  });

  it('leaves nothing behind where a file is damaged', async () => {
    const bytes = makeZip({ first: 'fine', second: 'x'.repeat(50) });
    const central = bytes.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
    bytes.writeUInt32LE(1, central + 16);
    await writeFile(archive, bytes);
    await expect(unpackArchive(archive, target)).rejects.toThrow('entry "second": expected the bytes');
    expect(await readdir(join(folder, 'deep'))).toEqual([]);
  });

  it('refuses links and bombs before it writes anything', async () => {
    await writeFile(archive, makeZip({ link: '/etc/passwd' }, 0o120777));
    await expect(unpackArchive(archive, target)).rejects.toThrow('received a symbolic link');
    await writeFile(archive, makeZip({ a: 'x'.repeat(100) }));
    await expect(unpackArchive(archive, target, { maxBytes: 99 })).rejects.toThrow('at most 99 bytes');
    expect(await readdir(folder)).toEqual(['x.zip']);
  });
});
