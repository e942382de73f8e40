import { computeJointActionCount, createPatternSpace } from '@rppkit/patterns';
import { computeSpaceChecksum } from './content-checksum.ts';
import { countEntries } from './count-entries.ts';
import { computeCrc32 } from './crc32.ts';
import {
  computeEntriesPerTask,
  entryStatuses,
  noCandidate,
  type ResponseTable,
  type ResponseTableManifest,
  rankedCode,
} from './response-table.ts';
import { ResponseTableError } from './response-table-error.ts';

/*
 * Layout; all numbers are little-endian, E entries in the order of `ResponseTable`, P places a ranking:
 *
 *   0          8 magic bytes: 89 52 50 54 0D 0A 1A 0A
 *   8          uint32: format version, 1
 *   12         uint32: H, bytes of the header
 *   16         header: `ResponseTableManifest` as JSON in UTF-8, padded with spaces to a multiple of 4
 *   16 + H     uint32 [E]: prompt tokens
 *   ... + 4 E  uint32 [E]: answer tokens
 *   ... + 4 E  uint8 [E]: status, a place in `entryStatuses`
 *   ... + E    uint8 [E, P]: ranking, indices of the task's candidates, best first, 255 behind the last
 *   ... + E P  uint32: CRC-32 (zip, PNG) of all bytes before
 *
 * E = tasks x actions x orders x draws of the header, P = the largest `candidates` of its tasks.
 */
// As in PNG: the first byte is no text and the line ends show a transfer that rewrote them.
const magic: readonly number[] = [0x89, 0x52, 0x50, 0x54, 0x0d, 0x0a, 0x1a, 0x0a];
const formatVersion = 1;
const headerStart = 16;

/** A response table as bytes, 9 + P for each entry, P the most candidates; the same table always gives the same bytes. */
export function encodeResponseTable({
  manifest,
  statuses,
  inputTokens,
  outputTokens,
  rankings,
}: ResponseTable): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(manifest));
  const header = new Uint8Array(Math.ceil(json.length / 4) * 4).fill(0x20);
  header.set(json);
  const bytes = new Uint8Array(headerStart + header.length + 9 * statuses.length + rankings.length + 4);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  view.setUint32(8, formatVersion, true);
  view.setUint32(12, header.length, true);
  bytes.set(header, headerStart);
  let offset = headerStart + header.length;
  for (const counts of [inputTokens, outputTokens]) {
    for (let index = 0; index < counts.length; index++, offset += 4) view.setUint32(offset, counts[index]!, true);
  }
  bytes.set(statuses, offset);
  bytes.set(rankings, offset + statuses.length);
  const end = bytes.length - 4;
  view.setUint32(end, computeCrc32(bytes.subarray(0, end)), true);
  return bytes;
}

/** Reads what `encodeResponseTable` wrote. Throws `ResponseTableError`, whose `defect` says what is wrong with the bytes. */
export function decodeResponseTable(bytes: Uint8Array): ResponseTable {
  if (magic.some((value, index) => index < bytes.length && bytes[index] !== value)) {
    throw new ResponseTableError(
      'wrong-magic',
      'Expected an rppkit response table, received other bytes. Pass a file written by encodeResponseTable.',
    );
  }
  assertAvailable(bytes, headerStart, 'its fixed fields');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  if (version !== formatVersion) {
    throw new ResponseTableError(
      'unsupported-version',
      `Expected version ${formatVersion} of response tables, received ${version}. Read it with the @rppkit/search that wrote it.`,
    );
  }
  let offset = headerStart + view.getUint32(12, true);
  assertAvailable(bytes, offset, 'its header');
  const manifest = readManifest(bytes.subarray(headerStart, offset));
  const entries = manifest.tasks.length * computeEntriesPerTask(manifest);
  const places = manifest.tasks.reduce((most, { candidates }) => Math.max(most, candidates), 0);
  const length = offset + (9 + places) * entries + 4;
  assertAvailable(bytes, length, 'its checksum');
  if (bytes.length !== length) {
    throw new ResponseTableError(
      'entries-length',
      `Expected a response table of ${length} bytes, as its header says, received ${bytes.length}. The file was changed after it was written.`,
    );
  }
  const checksum = view.getUint32(length - 4, true);
  const found = computeCrc32(bytes.subarray(0, length - 4));
  if (checksum !== found) {
    throw new ResponseTableError(
      'checksum',
      `Expected bytes with the checksum ${checksum}, received ${found}. The file was damaged after it was written: restore it, or record again.`,
    );
  }
  const readCounts = (): Uint32Array => {
    const counts = new Uint32Array(entries);
    for (let index = 0; index < entries; index++, offset += 4) counts[index] = view.getUint32(offset, true);
    return counts;
  };
  const table: ResponseTable = {
    manifest,
    actions: Int32Array.from(manifest.actions),
    places,
    inputTokens: readCounts(),
    outputTokens: readCounts(),
    // Not `slice`, which in a Buffer of Node copies nothing.
    statuses: new Uint8Array(bytes.subarray(offset, offset + entries)),
    rankings: new Uint8Array(bytes.subarray(offset + entries, length - 4)),
  };
  assertEntries(table);
  const counts = Object.entries(countEntries(table)) as [keyof ResponseTableManifest['entries'], number][];
  for (const [name, counted] of counts) {
    assertField(manifest.entries[name] === counted, `entries.${name}`, `${counted}, as its entries are`);
  }
  return table;
}

function assertAvailable(bytes: Uint8Array, needed: number, part: string): void {
  if (bytes.length >= needed) return;
  throw new ResponseTableError(
    'truncated',
    `Expected ${needed} bytes of the response table up to the end of ${part}, received ${bytes.length}. Copy the whole file.`,
  );
}

function readManifest(bytes: Uint8Array): ResponseTableManifest {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw createHeaderError('', 'JSON in UTF-8', cause);
  }
  const manifest = (header ?? {}) as ResponseTableManifest;
  assertField(manifest.format === 'rppkit-response-table', 'format', '"rppkit-response-table"');
  assertField(manifest.version === formatVersion, 'version', String(formatVersion));
  assertField(typeof manifest.model === 'string', 'model', 'a string');
  for (const name of ['orders', 'draws'] as const) {
    assertField(isCount(manifest[name]) && manifest[name] > 0, name, 'a positive integer');
  }
  for (const name of ['answers', 'inputTokens', 'outputTokens'] as const) {
    assertField(isCount(manifest[name]), name, 'a non-negative integer');
  }
  assertField(typeof manifest.entries === 'object' && manifest.entries !== null, 'entries', 'an object of counts');
  assertField(Array.isArray(manifest.tasks) && manifest.tasks.length > 0, 'tasks', 'an array of at least one');
  for (const task of manifest.tasks) {
    assertField(typeof task?.id === 'string' && typeof task.checksum === 'string', 'tasks', 'with id and checksum');
    assertField(
      isCount(task.candidates) && task.candidates > 0 && task.candidates <= noCandidate,
      'tasks',
      `with 1 to ${noCandidate} candidates`,
    );
  }
  try {
    createPatternSpace(manifest.space);
  } catch (cause) {
    throw createHeaderError('space', 'a pattern space', cause);
  }
  assertField(manifest.spaceChecksum === computeSpaceChecksum(manifest.space), 'spaceChecksum', 'that of its space');
  const count = computeJointActionCount(manifest.space);
  const { actions } = manifest;
  const areActions =
    Array.isArray(actions) &&
    actions.length > 0 &&
    actions.every((number, place) => isCount(number) && number < count && !(number <= actions[place - 1]!));
  assertField(areActions, 'actions', `rising integers in [0, ${count})`);
  return manifest;
}

/** A checksum says that the bytes are those that were written, not that a writer of another program wrote a table. */
function assertEntries({ manifest, statuses, rankings, places }: ResponseTable): void {
  const perTask = computeEntriesPerTask(manifest);
  // The entry in which a candidate was last seen, and one more.
  const seen = new Float64Array(places);
  for (let index = 0; index < statuses.length; index++) {
    const status = statuses[index]!;
    const { candidates } = manifest.tasks[Math.floor(index / perTask)]!;
    let isLegal = status < entryStatuses.length;
    let ended = status !== rankedCode;
    for (let place = 0; place < places; place++) {
      const candidate = rankings[index * places + place]!;
      if (candidate === noCandidate) {
        ended = true;
        continue;
      }
      if (ended || candidate >= candidates || seen[candidate] === index + 1) isLegal = false;
      seen[candidate] = index + 1;
    }
    if (isLegal) continue;
    throw new ResponseTableError(
      'malformed-entries',
      `Expected entry ${index} to have a known status and different candidates of its task, received others. Write the table with encodeResponseTable.`,
    );
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function assertField(isRight: boolean, field: string, expected: string): void {
  if (!isRight) throw createHeaderError(field, expected);
}

function createHeaderError(field: string, expected: string, cause?: unknown): ResponseTableError {
  const what = field === '' ? 'the header of the response table' : `${field} of the response table's header`;
  return new ResponseTableError(
    'malformed-header',
    `Expected ${what} to be ${expected}, received something else. Write the table with encodeResponseTable.`,
    { cause },
  );
}
