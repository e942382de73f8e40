import { mkdir, mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DatasetError } from '../../dataset-error.ts';
import type { DataFile } from '../../files/data-file.ts';
import { writeZip } from '../archives/testing/write-zip.ts';
import { gunzipIfNeeded } from './gunzip-if-needed.ts';
import { openDataFile } from './open-data-file.ts';

async function readAll(file: Pick<DataFile, 'chunks'>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of file.chunks()) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

/** Bytes that do not compress to almost nothing, more than one chunk of them. */
const long = Buffer.from(Uint32Array.from({ length: 700_000 }, (_, index) => Math.imul(index, 0x9e3779b1)).buffer);

describe('openDataFile', () => {
  let folder: string;
  const write = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rppkit-file-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['no bytes', Buffer.alloc(0)],
    ['one byte', Buffer.from('a')],
    ['half of a magic number', Buffer.from([0x1f])],
    ['several chunks', long],
  ])('reads %s, again for every call', async (_, content) => {
    const path = await write('plain', content);
    const file = await openDataFile(path);
    expect(file.name).toBe(path);
    expect((await readAll(file)).equals(content)).toBe(true);
    expect((await readAll(file)).equals(content)).toBe(true);
  });

  it('inflates gzip of several members, whatever the name', async () => {
    const path = await write('named.txt', Buffer.concat([gzipSync(long), gzipSync(''), gzipSync('end')]));
    expect((await readAll(await openDataFile(path))).equals(Buffer.concat([long, Buffer.from('end')]))).toBe(true);
    expect((await readAll(await openDataFile(await write('plain.gz', 'no gzip')))).toString()).toBe('no gzip');
  });

  it('reads the only file of a zip archive', async () => {
    const path = await write('one.zip', writeZip([{ name: 'a.gz', content: gzipSync('inside') }]));
    const file = await openDataFile(path);
    expect((await readAll(file)).toString()).toBe('inside');
    expect((await readAll(file)).toString()).toBe('inside');
  });

  it('refuses a zip archive of several files', async () => {
    const entries = ['a', 'b'].map((name) => ({ name, content: 'x' }));
    const path = await write('two.zip', writeZip(entries));
    await expect(openDataFile(path)).rejects.toThrow('received an archive of 2 files. Open it as a folder.');
  });

  it.each([
    ['cut short', gzipSync(long).subarray(0, 100_000), 'expected a complete gzip file, received a truncated one'],
    ['cut short in its header', gzipSync('x').subarray(0, 5), 'received a truncated one'],
    [
      'with a wrong checksum',
      Buffer.concat([gzipSync('x').subarray(0, -8), Buffer.alloc(8)]),
      'received corrupt bytes',
    ],
    [
      'with a second member cut short',
      Buffer.concat([gzipSync('x'), gzipSync('y').subarray(0, 12)]),
      'a truncated one',
    ],
    [
      'of zeros',
      gzipSync(Buffer.alloc(20_000_000)),
      'compressed bytes after inflating, received more. If you trust it, raise maxRatio.',
    ],
  ])('refuses gzip %s and names the file', async (_, content, message) => {
    const path = await write('bad.gz', content);
    const reading = readAll(await openDataFile(path));
    await expect(reading).rejects.toThrow(DatasetError);
    await expect(reading).rejects.toThrow(`${path}: expected`);
    await expect(reading).rejects.toThrow(message);
  });

  it('keeps to the limits that it is given', async () => {
    const path = await write('zeros.gz', gzipSync(Buffer.alloc(2_000_000)));
    expect((await readAll(await openDataFile(path, { maxRatio: 2000 }))).length).toBe(2_000_000);
    const small = await openDataFile(path, { maxRatio: 2000, maxBytes: 1_999_999 });
    await expect(readAll(small)).rejects.toThrow('at most 1999999 bytes after inflating');
    await expect(openDataFile(path, { maxRatio: -1 })).rejects.toThrow('maxRatio');
  });

  it('says what is wrong with a path', async () => {
    await expect(openDataFile(join(folder, 'nowhere'))).rejects.toThrow(
      'received nothing at this path. Check the path.',
    );
    await expect(openDataFile(folder)).rejects.toThrow('received a folder');
    const path = await write('gone', 'x');
    const file = await openDataFile(path);
    await rm(path);
    await expect(readAll(file)).rejects.toThrow('received nothing at this path');
    await mkdir(path);
    await expect(readAll(file)).rejects.toThrow(`${path}: expected a file of data, received a folder`);
  });

  it.skipIf(process.platform !== 'linux')('closes files, also where the consumer stops early', async () => {
    const packed = await write('closed.gz', gzipSync(long));
    const plain = await write('closed', long);
    const archive = await write('closed.zip', writeZip([{ name: 'a', content: long }]));
    for (const path of [packed, plain, archive]) {
      for await (const chunk of (await openDataFile(path)).chunks()) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
    }
    const listOpen = async (): Promise<string[]> => {
      const handles = await readdir('/proc/self/fd');
      return Promise.all(handles.map((handle) => readlink(`/proc/self/fd/${handle}`).catch(() => '')));
    };
    // An archive is closed in the background.
    await vi.waitFor(async () => {
      expect((await listOpen()).filter((target) => target.startsWith(folder))).toEqual([]);
    });
  });
});

describe('gunzipIfNeeded', () => {
  const limits = { maxRatio: 1000, maxBytes: 1e9 };

  it('takes chunks of any size from a source that reuses its buffer', async () => {
    const packed = gzipSync(long.subarray(0, 5000));
    async function* bytewise(): AsyncGenerator<Uint8Array> {
      const shared = new Uint8Array(1);
      for (const byte of packed) {
        shared[0] = byte;
        yield shared;
      }
    }
    const inflated = await readAll({ chunks: () => gunzipIfNeeded('x', bytewise(), packed.length, limits) });
    expect(inflated.equals(long.subarray(0, 5000))).toBe(true);
  });

  it('passes on what the source throws', async () => {
    async function* failing(): AsyncGenerator<Uint8Array> {
      yield gzipSync('x').subarray(0, 15);
      throw new Error('the disk is gone');
    }
    const reading = readAll({ chunks: () => gunzipIfNeeded('x', failing(), 100, limits) });
    await expect(reading).rejects.toThrow('the disk is gone');
  });
});
