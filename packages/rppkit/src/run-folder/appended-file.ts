import { createHash, type Hash } from 'node:crypto';
import { readFileSync, truncateSync } from 'node:fs';
import { appendToFile, replaceFile } from './durable-files.ts';

/** Length in bytes and SHA-256 of what a file held. */
export interface FileMark {
  readonly bytes: number;
  readonly sha256: string;
}

/** A file that only grows. */
export interface AppendedFile {
  /** Returns when the text is on the disk. */
  append(text: string): void;
  /** What the file holds now. */
  mark(): FileMark;
}

/** An empty file at `path`, whatever was there. */
export function createAppendedFile(path: string): AppendedFile {
  replaceFile(path, '');
  return continueFile(path, 0, createHash('sha256'));
}

/** Whether the file at `path` begins with what `mark` was taken of. */
export function beginsAsMarked(path: string, mark: FileMark): boolean {
  return readMarked(path, mark) !== undefined;
}

/** Cuts the file at `path` back to what it held when `mark` was taken. The file must begin as marked. */
export function reopenAppendedFile(path: string, mark: FileMark): AppendedFile {
  const hash = readMarked(path, mark);
  if (hash === undefined) throw new Error(`${path} does not begin as marked.`);
  truncateSync(path, mark.bytes);
  return continueFile(path, mark.bytes, hash);
}

function continueFile(path: string, from: number, hash: Hash): AppendedFile {
  let bytes = from;
  return {
    append(text) {
      appendToFile(path, text, { flush: true });
      hash.update(text);
      bytes += Buffer.byteLength(text);
    },
    mark: () => ({ bytes, sha256: hash.copy().digest('hex') }),
  };
}

function readMarked(path: string, { bytes, sha256 }: FileMark): Hash | undefined {
  let content: Buffer;
  try {
    content = readFileSync(path);
  } catch {
    return undefined;
  }
  const hash = createHash('sha256').update(content.subarray(0, bytes));
  return content.length >= bytes && hash.copy().digest('hex') === sha256 ? hash : undefined;
}
