import { describeValue } from '@rppkit/spec';
import { DatasetError } from '../../dataset-error.ts';
import { describeExcess, type ResolvedInflateLimits } from '../files/inflate-limits.ts';
import type { ArchiveEntry } from './archive-entry.ts';

/**
 * Throws `DatasetError` that names `archive` and entry where unpacking could write outside a folder, follow a link,
 * overwrite a file, or fill the disk. What entries claim of their sizes is checked here, what they hold while they are
 * read.
 */
export function assertSafeEntries(
  archive: string,
  entries: readonly ArchiveEntry[],
  limits: ResolvedInflateLimits,
): void {
  for (const entry of entries) {
    const fault = describeNameFault(entry.name) ?? describeKindFault(entry) ?? describeRatioFault(entry, limits);
    if (fault !== undefined) refuse(archive, entry.name, ...fault);
  }
  assertDistinctPaths(archive, entries);
  assertNoOverlap(archive, entries);
  assertTotal(archive, entries, limits);
}

/** Expected, received and optional advice. */
type Fault = readonly [expected: string, received: string, advice?: string];

function refuse(archive: string, name: string, expected: string, received: string, advice?: string): never {
  throw new DatasetError(
    `${archive}, entry ${describeValue(name)}`,
    expected,
    received,
    advice === undefined ? {} : { advice },
  );
}

function describeNameFault(name: string): Fault | undefined {
  const expected = 'a relative path inside the archive';
  if (name === '') return [expected, 'an empty name'];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  if (/[\0-\x1f\x7f]/.test(name)) return [expected, 'a name with control characters'];
  if (name.includes('\\')) return [expected, 'a name with a backslash'];
  if (name.startsWith('/')) return [expected, 'an absolute path'];
  if (/^[a-z]:/i.test(name)) return [expected, 'a path with a drive letter'];
  const segments = name.replace(/\/$/, '').split('/');
  if (segments.includes('..')) return [expected, 'a path that leaves the archive'];
  if (segments.includes('.') || segments.includes('')) return [expected, 'a path with empty parts'];
  return undefined;
}

function describeKindFault({ name, isEncrypted, unixMode, method, uncompressedSize }: ArchiveEntry): Fault | undefined {
  if (isEncrypted) return ['a file that is not encrypted', 'an encrypted one', 'Decrypt the archive first.'];
  const kind = unixMode & 0o170000;
  if (kind === 0o120000) return ['a file or a folder', 'a symbolic link'];
  if (kind !== 0 && kind !== 0o100000 && kind !== 0o040000) return ['a file or a folder', 'a special file'];
  if (method !== 0 && method !== 8) return ['a stored or deflated file', `compression method ${method}`];
  if (name.endsWith('/') && uncompressedSize > 0) return ['a folder without content', `${uncompressedSize} bytes`];
  return undefined;
}

function describeRatioFault(entry: ArchiveEntry, limits: ResolvedInflateLimits): Fault | undefined {
  const { method, compressedSize, uncompressedSize } = entry;
  if (method === 0 && compressedSize !== uncompressedSize) {
    return ['equal sizes of a stored file', `${compressedSize} and ${uncompressedSize} bytes`];
  }
  const excess = describeExcess(uncompressedSize, compressedSize, limits);
  return excess === undefined ? undefined : [excess.expected, `${uncompressedSize} bytes`, excess.advice];
}

/** Names that some file systems take for the same one count as the same. */
function assertDistinctPaths(archive: string, entries: readonly ArchiveEntry[]): void {
  const key = (path: string): string => path.normalize('NFC').toLowerCase();
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const { name } of entries) {
    const path = key(name);
    if (!path.endsWith('/')) {
      if (files.has(path)) refuse(archive, name, 'distinct names, in lower case too', 'a second entry of this name');
      files.add(path);
    }
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) folders.add(path.slice(0, end));
  }
  for (const { name } of entries) {
    if (!name.endsWith('/') && folders.has(key(name))) {
      refuse(archive, name, 'a file or a folder', 'both under one name');
    }
  }
}

/** Entries that share bytes are how small archives hold far more than any ratio of one entry shows. */
function assertNoOverlap(archive: string, entries: readonly ArchiveEntry[]): void {
  const headerSize = 30;
  const inOrder = [...entries].sort((a, b) => a.offset - b.offset);
  for (const [index, entry] of inOrder.entries()) {
    const next = inOrder[index + 1];
    if (next !== undefined && next.offset < entry.offset + headerSize + entry.compressedSize) {
      refuse(archive, next.name, 'bytes of its own', `bytes shared with ${describeValue(entry.name)}`);
    }
  }
}

function assertTotal(archive: string, entries: readonly ArchiveEntry[], limits: ResolvedInflateLimits): void {
  let total = 0;
  for (const { name, uncompressedSize } of entries) {
    total += uncompressedSize;
    if (total > limits.maxBytes) {
      refuse(
        archive,
        name,
        `at most ${limits.maxBytes} bytes in the whole archive`,
        `${total} up to here`,
        'If you trust it, raise maxBytes.',
      );
    }
  }
}
