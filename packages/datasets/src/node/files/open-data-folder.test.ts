import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeZip } from '../archives/testing/write-zip.ts';
import type { DataFolder } from './data-folder.ts';
import { openDataFolder } from './open-data-folder.ts';

const readText = async (folder: DataFolder, file: string): Promise<string> =>
  text(folder.open(file).chunks() as AsyncIterable<Buffer>);

const files = { 'ml/u.data': '1\t2', 'ml/u.item.gz': gzipSync('1|Title'), 'ml/sub/u.item2': 'x', 'a.txt': 'top' };

describe('openDataFolder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rppkit-folder-'));
    await mkdir(join(folder, 'disk/ml/sub'), { recursive: true });
    const entries = Object.entries(files).map(([name, content]) => ({ name, content }));
    for (const { name, content } of entries) await writeFile(join(folder, 'disk', name), content);
    await writeFile(join(folder, 'any-name'), writeZip(entries));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(['disk', 'any-name'])('reads a folder and an archive alike (%s)', async (name) => {
    const path = join(folder, name);
    const opened = await openDataFolder(path);
    expect(opened.name).toBe(path);
    expect(opened.files).toEqual(['a.txt', 'ml/sub/u.item2', 'ml/u.data', 'ml/u.item.gz']);
    expect(await readText(opened, 'ml/u.data')).toBe('1\t2');
    expect(await readText(opened, 'ml/u.item.gz')).toBe('1|Title');
    expect(opened.open('a.txt').name).toBe(join(path, 'a.txt'));
    expect(opened.find('u.data')).toBe('ml/u.data');
    expect(opened.find('ml/u.data')).toBe('ml/u.data');
    expect(opened.find('u.item')).toBe('ml/u.item.gz');
    expect(opened.find('u.item.gz')).toBe('ml/u.item.gz');
    expect(opened.find('.data')).toBeUndefined();
    expect(() => opened.open('u.data')).toThrow('expected a file "u.data", received a.txt, ml/sub/u.item2');
    await opened.close();
  });

  it('reads an archive no longer once it is closed', async () => {
    const opened = await openDataFolder(join(folder, 'any-name'));
    const file = opened.open('a.txt');
    await opened.close();
    await expect(text(file.chunks() as AsyncIterable<Buffer>)).rejects.toThrow('entry "a.txt"');
  });

  it('reads an archive of nothing', async () => {
    const path = join(folder, 'nothing.zip');
    await writeFile(path, writeZip([]));
    const opened = await openDataFolder(path);
    expect(opened.files).toEqual([]);
    await opened.close();
  });

  it('takes a single file as a folder of one', async () => {
    const path = join(folder, 'disk/ml/u.item.gz');
    const opened = await openDataFolder(path);
    expect(opened.files).toEqual(['u.item.gz']);
    expect(opened.find('u.item')).toBe('u.item.gz');
    expect(opened.open('u.item.gz').name).toBe(path);
    expect(await readText(opened, 'u.item.gz')).toBe('1|Title');
    await opened.close();
  });

  it('does not choose between files of the same name', async () => {
    const path = join(folder, 'two');
    await mkdir(join(path, 'b'), { recursive: true });
    await writeFile(join(path, 'u.data'), '1');
    await writeFile(join(path, 'b/u.data.gz'), '2');
    const opened = await openDataFolder(path);
    expect(() => opened.find('u.data')).toThrow('expected one file "u.data", received b/u.data.gz and u.data.');
    expect(opened.find('b/u.data')).toBe('b/u.data.gz');
  });

  it('follows links to files only', async () => {
    const path = join(folder, 'links');
    await mkdir(path);
    await symlink(join(folder, 'disk/a.txt'), join(path, 'file'));
    await symlink(join(folder, 'disk'), join(path, 'folder'));
    await symlink(join(folder, 'nowhere'), join(path, 'broken'));
    expect((await openDataFolder(path)).files).toEqual(['file']);
  });

  it('says what is wrong with a path, and what a folder holds', async () => {
    await expect(openDataFolder(join(folder, 'nowhere'))).rejects.toThrow(
      'expected a folder, archive or file of data, received nothing at this path. Check the path.',
    );
    const empty = join(folder, 'empty');
    await mkdir(empty);
    const opened = await openDataFolder(empty);
    expect(() => opened.open('x')).toThrow('received an empty folder');
    for (let index = 10; index < 22; index++) await writeFile(join(empty, `f${index}`), '');
    const many = await openDataFolder(empty);
    expect(() => many.open('x')).toThrow('f10, f11, f12, f13, f14, f15, f16, f17, f18, f19 and 2 more');
  });
});
