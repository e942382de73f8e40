import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { PatternSpace } from '@rppkit/patterns';
import { describeValue, type RankingTask, type TextModel } from '@rppkit/spec';
import { type RecordResponseTableOptions, recordResponseTable } from '../tables/record-response-table.ts';
import { isRewarded, type ResponseTable } from '../tables/response-table.ts';
import { ResponseTableError } from '../tables/response-table-error.ts';
import { decodeResponseTable, encodeResponseTable } from '../tables/table-codec.ts';
import { getTableEntry, type TableEntry } from '../tables/table-entry.ts';
import { assertSameRecording } from './assert-same-recording.ts';
import { openTableJournal, type TableJournal } from './table-journal.ts';

/** Options of `recordResponseTable`; the journal is a file. */
export type RecordResponseTableFileOptions = Omit<RecordResponseTableOptions, 'journal'>;

/**
 * Records a response table into the file at `path`, as `recordResponseTable` does. Each answer is appended to the journal
 * `path` + `.journal` as it arrives, so that a recording that was killed goes on where it stopped and ends with the same
 * bytes; the journal is removed when the table is written. What the file at `path` already holds is not asked again: of a
 * finished table only its failed entries are. One recording of a path at a time.
 *
 * Rejects as `recordResponseTable` does, and with `ResponseTableError` where file or journal belong to another recording
 * (`other-recording`, which says what differs), are damaged, or cannot be read or written (`unreadable`).
 */
export async function recordResponseTableFile(
  path: string,
  tasks: readonly RankingTask[],
  space: PatternSpace,
  model: TextModel,
  options: RecordResponseTableFileOptions = {},
): Promise<ResponseTable> {
  const journalPath = `${path}.journal`;
  let journal: TableJournal | undefined;
  const table = await recordResponseTable(tasks, space, model, {
    ...options,
    journal: {
      async open(manifest) {
        const known = await readExistingTable(path);
        if (known !== undefined) assertSameRecording(known.manifest, manifest, path);
        journal = await openTableJournal(journalPath, manifest);
        return listAnswers(known, journal.recorded);
      },
      append: (entry) => journal!.append(entry),
    },
  }).finally(() => journal?.close());
  await writeResponseTable(path, table);
  await rm(journalPath, { force: true });
  return table;
}

function* listAnswers(known: ResponseTable | undefined, journaled: Iterable<TableEntry>): Generator<TableEntry> {
  if (known !== undefined) {
    for (const [index, code] of known.statuses.entries()) if (isRewarded(code)) yield getTableEntry(known, index);
  }
  yield* journaled;
}

/**
 * Writes a table to a new file that then takes the place of the one at `path`, so that a crash leaves the old one or the new
 * one. Rejects with `ResponseTableError` (`unreadable`) for a path that cannot be written.
 */
export async function writeResponseTable(path: string, table: ResponseTable): Promise<void> {
  const written = `${path}.new`;
  try {
    const file = await open(written, 'w');
    try {
      await file.writeFile(encodeResponseTable(table));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(written, path);
    await syncFolder(dirname(path));
  } catch (error) {
    throw createPathError(path, error);
  }
}

/** Reads a table. Rejects with `ResponseTableError`, whose `defect` says what is wrong with the path or the bytes. */
export async function readResponseTable(path: string): Promise<ResponseTable> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw createPathError(path, error);
  });
  return decodeResponseTable(bytes);
}

async function readExistingTable(path: string): Promise<ResponseTable | undefined> {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  return exists ? readResponseTable(path) : undefined;
}

/** The new name is on disk when its folder is; Windows cannot sync folders and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

function createPathError(path: string, error: unknown): ResponseTableError {
  const received = error instanceof Error ? error.message : describeValue(error);
  return new ResponseTableError(
    'unreadable',
    `Expected a response table at ${JSON.stringify(path)} that can be read and written, received: ${received}. Pass the path of a file in a folder that exists.`,
    { cause: error },
  );
}
