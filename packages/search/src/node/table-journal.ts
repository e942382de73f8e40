import { fdatasync, writeSync } from 'node:fs';
import { open, readFile, truncate } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ResponseTableManifest } from '../tables/response-table.ts';
import { ResponseTableError } from '../tables/response-table-error.ts';
import { isAnswerEntry, type TableEntry } from '../tables/table-entry.ts';
import { assertSameRecording, getRecordingIdentity, type RecordingIdentity } from './assert-same-recording.ts';

/**
 * A journal is text: on the first line, as JSON, schema, version and what is recorded; then one answer a line,
 * `[entry, status, prompt tokens, answer tokens, ranking]`.
 */
export interface TableJournal {
  /** Answers that an earlier recording left; throws `ResponseTableError` at a line that is none. */
  readonly recorded: Iterable<TableEntry>;
  /**
   * Hands the line to the operating system before it returns, where the end of this process cannot reach it any more. After
   * a failed write it throws.
   */
  append(entry: TableEntry): void;
  /** Waits until everything is on disk. */
  close(): Promise<void>;
}

const schema = 'rppkit/response-table-journal';
const version = 1;
const newline = 0x0a;
const syncData = promisify(fdatasync);

/**
 * Opens the journal at `path` to append answers, or creates it. The beginning of a line that a crash left at the end is
 * removed. Rejects with `ResponseTableError` for a journal of another recording, other content, and a path that cannot be
 * read and written.
 */
export async function openTableJournal(path: string, manifest: ResponseTableManifest): Promise<TableJournal> {
  const fail = (error: unknown): never => {
    throw createJournalError('unreadable', path, 'that can be read and written', error);
  };
  const header = `${JSON.stringify({ schema, version, recording: getRecordingIdentity(manifest) })}\n`;
  const file = await open(path, 'a+').catch(fail);
  try {
    const bytes = await readFile(path).catch(fail);
    const context = { path, manifest, header };
    const wholeBytes = findWholeBytes(bytes, context);
    if (wholeBytes < bytes.length) await truncate(path, wholeBytes).catch(fail);
    let isBroken = false;
    const writeLine = (line: string): void => {
      // What followed half a line could not be read again.
      if (isBroken) fail(new Error('a write that failed before'));
      isBroken = true;
      const text = Buffer.from(line);
      let written = 0;
      try {
        while (written < text.length) written += writeSync(file.fd, text, written);
      } catch (error) {
        fail(error);
      }
      isBroken = false;
    };
    if (wholeBytes === 0) writeLine(header);

    let syncing: Promise<void> | undefined;
    let unsynced = false;
    const sync = async (): Promise<void> => {
      while (unsynced) {
        unsynced = false;
        await syncData(file.fd);
      }
      syncing = undefined;
    };
    return {
      recorded: parseEntries(bytes.subarray(0, wholeBytes), context),
      append({ index, status, inputTokens, outputTokens, ranking }) {
        writeLine(`[${index},"${status}",${inputTokens},${outputTokens},[${ranking.join()}]]\n`);
        unsynced = true;
        // A crash of the machine may take the answers since the last sync; waiting for each would hold up all calls.
        if (syncing === undefined) {
          syncing = sync();
          // Told by `close`.
          syncing.catch(() => {});
        }
      },
      async close() {
        try {
          await syncing;
        } catch (error) {
          fail(error);
        } finally {
          await file.close();
        }
      },
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

interface JournalContext {
  readonly path: string;
  readonly manifest: ResponseTableManifest;
  /** The first line that a new journal would get. */
  readonly header: string;
}

/** Where the last whole line ends; checks the first line, and that what follows the last is the beginning of one. */
function findWholeBytes(bytes: Buffer, context: JournalContext): number {
  const { path, header } = context;
  const wholeBytes = bytes.lastIndexOf(newline) + 1;
  const tail = bytes.subarray(wholeBytes);
  if (wholeBytes > 0) assertHeader(bytes.toString('utf8', 0, bytes.indexOf(newline)), context);
  // The file may be no journal at all, which must not be taken for the beginning of one and cut.
  else if (!Buffer.from(header).subarray(0, tail.length).equals(tail)) {
    throw createJournalError('malformed-journal', `${path}:1`, 'that this package wrote');
  }
  return wholeBytes;
}

function* parseEntries(bytes: Buffer, context: JournalContext): Generator<TableEntry> {
  let start = bytes.indexOf(newline) + 1;
  for (let line = 2; start < bytes.length; line++) {
    const end = bytes.indexOf(newline, start);
    yield parseEntry(bytes.toString('utf8', start, end), line, context);
    start = end + 1;
  }
}

function assertHeader(text: string, { path, manifest }: JournalContext): void {
  const header = parseJson(text) as { schema?: unknown; version?: unknown; recording?: RecordingIdentity } | undefined;
  const { actions, tasks } = header?.recording ?? {};
  if (header?.schema !== schema || !Array.isArray(actions) || !Array.isArray(tasks)) {
    throw createJournalError('malformed-journal', `${path}:1`, 'that this package wrote');
  }
  if (header.version !== version) {
    throw createJournalError('unsupported-version', `${path}:1`, `of version ${version}`, header.version);
  }
  assertSameRecording(header.recording!, manifest, path);
}

function parseEntry(text: string, line: number, { path, manifest }: JournalContext): TableEntry {
  const value = parseJson(text);
  const [index, status, inputTokens, outputTokens, ranking] = Array.isArray(value) ? (value as unknown[]) : [];
  const entry: unknown = { index, status, inputTokens, outputTokens, ranking };
  if (isAnswerEntry(entry, manifest)) return { ...entry, ranking: Int32Array.from(entry.ranking) };
  throw createJournalError('malformed-journal', `${path}:${line}`, 'with one answer a line', text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function createJournalError(
  defect: 'malformed-journal' | 'unsupported-version' | 'unreadable',
  where: string,
  expected: string,
  received?: unknown,
): ResponseTableError {
  const shown = received instanceof Error ? received.message : String(received ?? 'other text').slice(0, 60);
  return new ResponseTableError(
    defect,
    `Expected a journal of response tables ${expected} at ${JSON.stringify(where)}, received: ${shown}. Restore the file, remove it to record anew, or record to another path.`,
    received instanceof Error ? { cause: received } : {},
  );
}
