import { crc32, createInflateRaw } from 'node:zlib';
import { describeValue } from '@rppkit/spec';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import { DatasetError } from '../../dataset-error.ts';
import { describeFileFault } from '../files/describe-file-fault.ts';
import { describeZlibFault } from '../files/gunzip-if-needed.ts';
import { inflateChunks } from '../files/inflate-chunks.ts';
import { type InflateLimits, resolveInflateLimits } from '../files/inflate-limits.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import { assertSafeEntries } from './assert-safe-entries.ts';

/** An open zip archive whose entries passed `assertSafeEntries`. */
export interface ZipArchive {
  /** Files in the order of the archive, without the folders. */
  readonly files: readonly ArchiveEntry[];
  /**
   * The inflated bytes of one of `files`, checked against the size and checksum that the archive states. Throws
   * `DatasetError` that names archive and file.
   */
  read(file: ArchiveEntry): AsyncGenerator<Uint8Array>;
  close(): void;
}

/** Most entries that an archive may have: its directory is held in memory. */
const maxEntries = 100_000;

/** Opens and checks a zip archive without reading what its files hold. Throws `DatasetError`. */
export async function openZipArchive(path: string, limits: InflateLimits): Promise<ZipArchive> {
  const resolvedLimits = resolveInflateLimits(limits);
  const zip = await openZip(path);
  try {
    const sources = new Map((await readEntries(path, zip)).map((source) => [describeEntry(source), source]));
    const entries = [...sources.keys()];
    assertSafeEntries(path, entries, resolvedLimits);
    return {
      files: entries.filter(({ name }) => !name.endsWith('/')),
      read: (file) => readEntry(path, zip, file, sources.get(file)!),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    // Names and sizes are checked by assertSafeEntries, which can say what is wrong with which entry.
    return await openPromise(path, { autoClose: false, decodeStrings: false, validateEntrySizes: false });
  } catch (error) {
    throw new DatasetError(path, 'a zip archive', describeFileFault(error), {
      advice: 'Download or copy it again.',
      cause: error,
    });
  }
}

async function readEntries(path: string, zip: ZipFile): Promise<Entry[]> {
  if (zip.entryCount > maxEntries) {
    throw new DatasetError(path, `a zip archive of at most ${maxEntries} entries`, `one of ${zip.entryCount}`);
  }
  const entries: Entry[] = [];
  try {
    for await (const entry of zip.eachEntry()) entries.push(entry);
  } catch (error) {
    throw new DatasetError(path, 'a zip archive', describeFileFault(error), {
      advice: 'Download or copy it again.',
      cause: error,
    });
  }
  return entries;
}

function describeEntry(entry: Entry): ArchiveEntry {
  const { generalPurposeBitFlag, fileNameRaw, extraFields, versionMadeBy, externalFileAttributes } = entry;
  const [unix, darwin] = [3, 19];
  const host = versionMadeBy >>> 8;
  return {
    name: getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, true),
    compressedSize: entry.compressedSize,
    uncompressedSize: entry.uncompressedSize,
    crc32: entry.crc32,
    method: entry.compressionMethod,
    isEncrypted: entry.isEncrypted(),
    unixMode: host === unix || host === darwin ? externalFileAttributes >>> 16 : 0,
    offset: entry.relativeOffsetOfLocalHeader,
  };
}

async function* readEntry(
  path: string,
  zip: ZipFile,
  { name, method, uncompressedSize, crc32: expectedSum }: ArchiveEntry,
  source: Entry,
): AsyncGenerator<Uint8Array> {
  const place = `${path}, entry ${describeValue(name)}`;
  const expected = 'the bytes that the archive states';
  const advice = { advice: 'Download or copy the archive again.' };
  let size = 0;
  let sum = 0;
  try {
    const packed: AsyncIterable<Buffer> = await zip.openReadStreamPromise(source, { decodeFileData: false });
    const chunks = method === 0 ? packed : inflateChunks(packed, createInflateRaw({ chunkSize: 1 << 18 }));
    for await (const chunk of chunks) {
      size += chunk.length;
      sum = crc32(chunk, sum);
      if (size > uncompressedSize) {
        throw new DatasetError(place, `${uncompressedSize} bytes, as the archive states`, 'more', advice);
      }
      yield chunk;
    }
  } catch (error) {
    const fault = describeZlibFault(error, place, expected);
    if (fault instanceof DatasetError) throw fault;
    throw new DatasetError(place, expected, describeFileFault(error), { ...advice, cause: error });
  }
  if (size !== uncompressedSize) {
    throw new DatasetError(place, `${uncompressedSize} bytes, as the archive states`, `${size} bytes`, advice);
  }
  if (sum !== expectedSum) throw new DatasetError(place, expected, 'another checksum', advice);
}
