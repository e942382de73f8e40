import { open, readFile, stat, truncate } from 'node:fs/promises';
import { RppError } from '@rppkit/spec';
import { assertRecordedCall, type RecordedCall, recordedCallSchema } from '../text-models/recorded-call.ts';

/** A recording that is being written. */
export interface RecordingWriter {
  /** Resolves when the call is on disk. Once a write has failed, this and all further ones reject. */
  write(call: RecordedCall): Promise<void>;
  /** Waits for the writes under way. */
  close(): Promise<void>;
}

/** What a recording holds. */
export interface Recording {
  readonly calls: readonly RecordedCall[];
  /** True where a crash left the beginning of one more call, which is not among `calls`. */
  readonly cutOff: boolean;
}

/**
 * Opens the recording at `path` to append calls, one JSON object a line, each flushed to the disk before `write`
 * resolves; calls that end together share a flush. An absent file is created. The beginning of a line that a crash left
 * at the end is removed. One writer at a time. Rejects with `RppError` (`RECORDING`) for any other content and for a path
 * that cannot be read and written; so does `write` once the recording is closed.
 */
export async function openRecording(path: string): Promise<RecordingWriter> {
  const fail = (error: unknown): never => {
    throw createPathError(path, error);
  };
  // Reading tells what is wrong with a path that exists; of one that does not, opening does.
  const existing = await stat(path).then(
    () => readParts(path),
    () => undefined,
  );
  if (existing?.cutOff === true) await truncate(path, existing.wholeBytes).catch(fail);
  const file = await open(path, 'a').catch(fail);
  if (existing?.unfinished === true) await file.appendFile('\n');

  let closed = false;
  let lines: string[] = [];
  let next: Promise<void> | undefined;
  let last: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    next = undefined;
    const text = lines.join('');
    lines = [];
    await file.appendFile(text);
    await file.datasync();
  };

  return {
    async write(call) {
      if (closed) throw createPathError(path, new Error('a closed one'));
      lines.push(`${JSON.stringify(call)}\n`);
      // After a failed write the chain stays rejected: what followed half a line could not be read again.
      if (next === undefined) {
        next = last.then(flush);
        last = next;
      }
      return next;
    },
    async close() {
      closed = true;
      await last.catch(() => {});
      await file.close();
    },
  };
}

/**
 * Reads a recording. A last line that a crash cut off is left out and told by `cutOff`; any other damage rejects with
 * `RppError` (`RECORDING`) naming the line, and so does a path that cannot be read.
 */
export async function readRecording(path: string): Promise<Recording> {
  const { calls, cutOff } = await readParts(path);
  return { calls, cutOff };
}

interface RecordingParts extends Recording {
  /** Length of the file without what was cut off. */
  readonly wholeBytes: number;
  /** True where the last line is whole but lacks its end. */
  readonly unfinished: boolean;
}

async function readParts(path: string): Promise<RecordingParts> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw createPathError(path, error);
  });
  const lines = text.split('\n');
  const tail = lines.pop()!;
  const calls = lines.map((line, index) => parseLine(line, `${path}:${index + 1}`));
  const whole = { calls, cutOff: false, wholeBytes: Buffer.byteLength(text), unfinished: tail !== '' };
  if (tail === '') return whole;
  if (isJson(tail)) return { ...whole, calls: [...calls, parseLine(tail, `${path}:${lines.length + 1}`)] };
  // The file may be no recording at all, which must not be taken for the beginning of one and cut.
  const beginning = JSON.stringify({ schema: recordedCallSchema }).slice(0, -1);
  if (!tail.startsWith(beginning.slice(0, tail.length))) throw createLineError(`${path}:${lines.length + 1}`);
  const wholeText = text.slice(0, text.length - tail.length);
  return { ...whole, cutOff: true, unfinished: false, wholeBytes: Buffer.byteLength(wholeText) };
}

function parseLine(line: string, where: string): RecordedCall {
  let call: unknown;
  try {
    call = JSON.parse(line);
  } catch (error) {
    throw createLineError(where, error);
  }
  assertRecordedCall(call, where);
  return call;
}

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}

function createPathError(path: string, error: unknown): RppError {
  const received = error instanceof Error ? error.message : String(error);
  return new RppError(
    'RECORDING',
    `Expected a recording at ${JSON.stringify(path)} that can be read and written, received: ${received}. ` +
      'Pass the path of a file in a folder that exists, and close it after the last call.',
    { cause: error },
  );
}

function createLineError(where: string, cause?: unknown): RppError {
  return new RppError(
    'RECORDING',
    `Expected ${where} to be a recorded call as JSON, received other text. Restore the file, or record again to another.`,
    { cause },
  );
}
