import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Why the LMDB data file in a folder cannot be opened, or undefined. LMDB maps the file into memory and takes it at its
 * word: on a file that is cut off or holds something else it ends the process, so this looks first.
 *
 * Layout: pages 0 and 1 are meta pages. After a page header of 24 bytes come magic (4 bytes), version (4), address (8),
 * map size (8), then the records of the free list and of the main database, 48 bytes each: the first begins with the page
 * size (4 bytes), and each ends with the number of its root page (8 bytes; all ones: none).
 */
export function explainDamage(folder: string): string | undefined {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  if (!found.isDirectory()) return 'a file';
  const path = join(folder, 'data.mdb');
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
  const file = openSync(path, 'r');
  try {
    return explainHeader(file);
  } finally {
    closeSync(file);
  }
}

const magic = 0xbeefc0de;
const headerSize = 24;
const firstRecord = headerSize + 24;
const recordSize = 48;
const rootInRecord = 40;
const metaSize = firstRecord + 2 * recordSize;
const noPage = 0xffff_ffff_ffff_ffffn;

function explainHeader(file: number): string | undefined {
  // Created, and not yet written to.
  if (fstatSync(file).size === 0) return undefined;
  const first = readMeta(file, 0);
  const pageSize = first?.readUInt32LE(firstRecord) ?? 0;
  const second = pageSize > 0 ? readMeta(file, pageSize) : undefined;
  if (first === undefined || second === undefined) return 'a data file that is no LMDB database, or a damaged one';
  // Only now: another process may be writing, and a file grows before its meta pages say so.
  const { size } = fstatSync(file);
  const pages = BigInt(Math.floor(size / pageSize));
  // A meta page without roots belongs to a database that is still empty.
  const written = [first, second].map(readRoots).filter((roots) => roots.length > 0);
  // After a crash of the machine LMDB goes back to the older of two; one that is whole is enough.
  if (written.length === 0 || written.some((roots) => roots.every((root) => root < pages))) return undefined;
  return `a data file that was cut off at ${size} bytes`;
}

/** The meta page at `position`, or undefined where there is none. */
function readMeta(file: number, position: number): Buffer | undefined {
  const page = Buffer.alloc(metaSize);
  if (readSync(file, page, 0, metaSize, position) < metaSize) return undefined;
  return page.readUInt32LE(headerSize) === magic ? page : undefined;
}

function readRoots(meta: Buffer): readonly bigint[] {
  return [0, 1]
    .map((record) => meta.readBigUInt64LE(firstRecord + record * recordSize + rootInRecord))
    .filter((root) => root !== noPage);
}
