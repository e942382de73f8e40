import { describe, expect, it } from 'vitest';
import { DatasetError } from '../../dataset-error.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import { assertSafeEntries } from './assert-safe-entries.ts';

const limits = { maxRatio: 10, maxBytes: 1000 };
const file = (name: string, overrides: Partial<ArchiveEntry> = {}): ArchiveEntry => ({
  name,
  compressedSize: 10,
  uncompressedSize: 20,
  crc32: 0,
  method: 8,
  isEncrypted: false,
  unixMode: 0o100644,
  offset: 0,
  ...overrides,
});
const folder = (name: string): ArchiveEntry =>
  file(name, { compressedSize: 0, uncompressedSize: 0, method: 0, unixMode: 0o040755 });
/** Entries one after the other, as archives have them. */
const inARow = (entries: readonly ArchiveEntry[]): ArchiveEntry[] =>
  entries.map((entry, index) => ({ ...entry, offset: index * 100 }));

describe('assertSafeEntries', () => {
  it.each([
    ['folders and files', [folder('ml/'), file('ml/u.data'), file('ml/sub/u.item')]],
    ['no file modes', [file('a', { unixMode: 0 }), folder('b/')]],
    ['dots in names', [file('..a'), file('b..'), file('.c'), file('d.e/f.g')]],
    [
      'a stored and an empty file',
      [file('a', { method: 0, uncompressedSize: 10 }), file('b', { uncompressedSize: 0 })],
    ],
    [
      'sizes at the limits',
      [
        file('a', { compressedSize: 50, uncompressedSize: 500 }),
        file('b', { compressedSize: 50, uncompressedSize: 500 }),
      ],
    ],
  ] as const)('accepts %s', (_, entries) => {
    expect(() => assertSafeEntries('x.zip', inARow(entries), limits)).not.toThrow();
  });

  it.each([
    ['a path to the parent', file('../a'), 'received a path that leaves the archive'],
    ['a path to the parent inside', file('a/../../b'), 'received a path that leaves the archive'],
    ['a folder of the parent', folder('a/../'), 'received a path that leaves the archive'],
    ['an absolute path', file('/etc/passwd'), 'received an absolute path'],
    ['a backslash', file('..\\a'), 'received a name with a backslash'],
    ['a drive', file('C:a'), 'received a path with a drive letter'],
    ['a network share', file('//host/a'), 'received an absolute path'],
    ['an empty name', file(''), 'received an empty name'],
    ['a NUL', file('a\0.txt'), 'received a name with control characters'],
    ['a line break', file('a\nb'), 'received a name with control characters'],
    ['an empty part', file('a//b'), 'received a path with empty parts'],
    ['a dot part', file('./a'), 'received a path with empty parts'],
    ['a symbolic link', file('a', { unixMode: 0o120777 }), 'expected a file or a folder, received a symbolic link'],
    ['a device', file('a', { unixMode: 0o020644 }), 'received a special file'],
    ['an encrypted file', file('a', { isEncrypted: true }), 'received an encrypted one. Decrypt the archive first.'],
    ['a rare compression', file('a', { method: 12 }), 'received compression method 12'],
    ['a folder with content', { ...folder('a/'), uncompressedSize: 3 }, 'a folder without content, received 3 bytes'],
    ['a stored file of two sizes', file('a', { method: 0 }), 'equal sizes of a stored file, received 10 and 20 bytes'],
    [
      'a high ratio',
      file('a', { uncompressedSize: 101 }),
      'at most 10 times its 10 compressed bytes after inflating, received 101 bytes. If you trust it, raise maxRatio.',
    ],
    [
      'something from nothing',
      file('a', { compressedSize: 0, uncompressedSize: 1 }),
      'at most 10 times its 0 compressed',
    ],
    [
      'a large file',
      file('a', { compressedSize: 500, uncompressedSize: 1001 }),
      'at most 1000 bytes after inflating, received 1001 bytes. If you trust it, raise maxBytes.',
    ],
  ] as const)('refuses %s and names archive and entry', (_, entry, message) => {
    const check = (): void => assertSafeEntries('x.zip', inARow([file('fine'), entry]), limits);
    expect(check).toThrow(DatasetError);
    expect(check).toThrow(`x.zip, entry ${JSON.stringify(entry.name)}: `);
    expect(check).toThrow(message);
  });

  it.each([
    ['the same name', [file('a'), file('a')], 'a second entry of this name'],
    ['names that differ in case', [file('a/B'), file('A/b')], 'a second entry of this name'],
    ['names that differ in composition', [file('\u00e9'), file('e\u0301')], 'a second entry of this name'],
    ['a file and a folder', [file('a'), file('a/b')], 'expected a file or a folder, received both under one name'],
    ['a folder and a file', [folder('a/'), file('A')], 'received both under one name'],
    [
      'a large total',
      [
        file('a', { uncompressedSize: 90, compressedSize: 50 }),
        ...Array.from({ length: 10 }, (_, index) => file(`b${index}`, { compressedSize: 50, uncompressedSize: 100 })),
      ],
      'at most 1000 bytes in the whole archive, received 1090 up to here',
    ],
  ] as const)('refuses entries of %s', (_, entries, message) => {
    expect(() => assertSafeEntries('x.zip', inARow(entries), limits)).toThrow(message);
  });

  it('refuses entries that share bytes', () => {
    const entries = [file('b', { offset: 139 }), file('a', { offset: 100 })];
    expect(() => assertSafeEntries('x.zip', entries, limits)).toThrow(
      'x.zip, entry "b": expected bytes of its own, received bytes shared with "a".',
    );
    expect(() =>
      assertSafeEntries('x.zip', [file('b', { offset: 140 }), file('a', { offset: 100 })], limits),
    ).not.toThrow();
  });
});
