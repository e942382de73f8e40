import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DatasetError } from '../../dataset-error.ts';
import { writeZip, type ZipEntry } from './testing/write-zip.ts';
import { openZipArchive } from './zip-archive.ts';

describe('openZipArchive', () => {
  let folder: string;
  let path: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rppkit-zip-'));
    path = join(folder, 'x.zip');
  });
  afterAll(() => rm(folder, { recursive: true }));

  const readAll = async (entries: readonly ZipEntry[] | Buffer): Promise<Record<string, string>> => {
    await writeFile(path, Buffer.isBuffer(entries) ? entries : writeZip(entries as readonly ZipEntry[]));
    const archive = await openZipArchive(path, {});
    try {
      const texts: Record<string, string> = {};
      for (const file of archive.files) {
        const chunks: Buffer[] = [];
        for await (const chunk of archive.read(file)) chunks.push(Buffer.from(chunk));
        texts[file.name] = Buffer.concat(chunks).toString('utf8');
      }
      return texts;
    } finally {
      archive.close();
    }
  };

  it('reads stored and deflated files and skips folders', async () => {
    const entries = [
      { name: 'ml/', content: '', method: 0, mode: 0o040755 },
      { name: 'ml/é.txt', content: 'one' },
      { name: 'ml/stored', content: 'two', method: 0 },
      { name: 'empty', content: '' },
    ];
    expect(await readAll(entries)).toEqual({ 'ml/é.txt': 'one', 'ml/stored': 'two', empty: '' });
  });

  it('reads a file of more than one chunk', async () => {
    const long = 'a line of text\n'.repeat(100_000);
    expect(await readAll([{ name: 'long', content: long, method: 0 }])).toEqual({ long });
    const random = Buffer.from(Array.from({ length: 600_000 }, (_, index) => (index * 7919) % 251)).toString('latin1');
    expect(await readAll([{ name: 'long', content: random }])).toEqual({ long: random });
  });

  it.each([
    ['a path to the parent', { name: '../evil', content: 'x' }, 'entry "../evil": expected a relative path'],
    ['a backslash', { name: 'a\\..\\evil', content: 'x' }, 'a name with a backslash'],
    ['an absolute path', { name: '/evil', content: 'x' }, 'an absolute path'],
    ['a drive letter', { name: 'C:/evil', content: 'x' }, 'a path with a drive letter'],
    [
      'a symbolic link',
      { name: 'link', content: '/etc/passwd', mode: 0o120777 },
      'entry "link": expected a file or a folder, received a symbolic link',
    ],
    ['a link made on macOS', { name: 'link', content: 'a', mode: 0o120777, madeBy: 0x131e }, 'a symbolic link'],
    [
      'an encrypted file',
      { name: 'secret', content: 'x', flags: 0x801 },
      'entry "secret": expected a file that is not encrypted',
    ],
    ['strong encryption', { name: 'secret', content: 'x', flags: 0x840 }, 'strong encryption is not supported'],
    ['an unknown compression', { name: 'a', content: 'x', method: 14 }, 'received compression method 14'],
    [
      'a stored size that lies',
      { name: 'a', content: 'xyz', method: 0, size: 2 },
      'equal sizes of a stored file, received 3 and 2 bytes',
    ],
    [
      'a size stated too small',
      { name: 'a', content: 'xyz', size: 2 },
      'entry "a": expected 2 bytes, as the archive states, received more',
    ],
    [
      'a size stated too large',
      { name: 'a', content: 'xyz', size: 4 },
      'expected 4 bytes, as the archive states, received 3 bytes',
    ],
    [
      'a wrong checksum',
      { name: 'a', content: 'xyz', sum: 1 },
      'entry "a": expected the bytes that the archive states, received another checksum',
    ],
    ['deflated data cut short', { name: 'a', content: 'xyz', packedSize: 2 }, 'received a truncated one'],
    [
      'data that are not deflated',
      { name: 'a', content: Buffer.from([7, 7, 7]), method: 0, size: 9, packedSize: 3 },
      'equal sizes',
    ],
    ['data beyond the end', { name: 'a', content: 'xyz', packedSize: 5000 }, 'file data overflows file bounds'],
    ['a bomb', { name: 'zeros', content: Buffer.alloc(2_000_000) }, 'entry "zeros": expected at most 1000 times'],
    ['extra fields cut short', { name: 'a', content: 'x', extra: Buffer.from([1, 0, 9, 0]) }, 'expected a zip archive'],
  ])('refuses %s', async (_, entry, message) => {
    const reading = readAll([entry]);
    await expect(reading).rejects.toThrow(DatasetError);
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.toThrow(path);
  });

  it('refuses corrupt deflated data', async () => {
    const bytes = writeZip([{ name: 'a', content: 'some text' }]);
    bytes.fill(0xff, 31, 36);
    await expect(readAll(bytes)).rejects.toThrow('expected the bytes that the archive states, received corrupt bytes');
  });

  it('refuses two entries of one name and entries that share bytes', async () => {
    const twice = { name: 'a', content: 'x' };
    await expect(readAll([twice, twice])).rejects.toThrow('entry "a": expected distinct names');
    await expect(readAll([twice, { ...twice, name: 'b', offset: 0 }])).rejects.toThrow('expected bytes of its own');
  });

  it.each([
    ['no archive', Buffer.from('PK\x03\x04 and no more', 'latin1')],
    ['an archive cut short', writeZip([{ name: 'a', content: 'x' }]).subarray(0, -10)],
    ['nothing', Buffer.alloc(0)],
  ])('refuses %s', async (_, bytes) => {
    await expect(readAll(bytes)).rejects.toThrow(`${path}: expected a zip archive, received`);
  });

  it('refuses a directory of very many entries before it reads it', async () => {
    const record = Buffer.alloc(56);
    record.write('PK\x06\x06', 'latin1');
    record.writeBigUInt64LE(100_001n, 32);
    const locator = Buffer.alloc(20);
    locator.write('PK\x06\x07', 'latin1');
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06', 'latin1');
    await expect(readAll(Buffer.concat([record, locator, end]))).rejects.toThrow(
      'expected a zip archive of at most 100000 entries, received one of 100001',
    );
  });

  it('names what is missing and what is closed', async () => {
    await expect(openZipArchive(join(folder, 'nowhere.zip'), {})).rejects.toThrow('received nothing at this path');
    await writeFile(path, writeZip([{ name: 'a', content: 'x' }]));
    const archive = await openZipArchive(path, {});
    archive.close();
    await expect(archive.read(archive.files[0]!).next()).rejects.toThrow('received closed');
  });

  it('refuses limits that are none', async () => {
    await expect(openZipArchive(path, { maxRatio: 0 })).rejects.toThrow('maxRatio to be a positive number');
    await expect(openZipArchive(path, { maxBytes: Number.NaN })).rejects.toThrow('maxBytes to be a positive number');
  });
});
