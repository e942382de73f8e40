import { readFile } from 'node:fs/promises';
import { DatasetError } from '../dataset-error.ts';

/** What to do with bytes that are not UTF-8: refuse them, or take the whole file as ISO 8859-1. */
export type EncodingFallback = 'none' | 'latin-1';

/**
 * The text of a file without its byte order mark. Throws `DatasetError` where there is no such file, where it cannot be
 * read, and where it is not text in the expected encoding; `purpose` says what was expected there.
 */
export async function readTextFile(path: string, purpose: string, fallback: EncodingFallback): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new DatasetError(path, purpose, describeFileFault(error), { advice: 'Check the path.', cause: error });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (fallback === 'latin-1') return bytes.toString('latin1');
    throw new DatasetError(path, 'text in UTF-8', 'other bytes', {
      advice: 'Convert the file to UTF-8.',
      cause: error,
    });
  }
}

/** Short words for why a path could not be read. */
export function describeFileFault(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'nothing at this path';
  if (code === 'EISDIR') return 'a folder';
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  return error instanceof Error ? error.message : String(error);
}
