import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { RppError } from '@rppkit/spec';

/** Content of a file, whole or in parts. */
export type FileContent = string | Uint8Array | Iterable<string | Uint8Array>;

/**
 * Puts `content` at `path`, whole or not at all: a crash leaves the file as it was or as it shall be. Folders are made.
 * `mode`: default 0o666, less the umask. Throws `RppError` (`RUN_FOLDER`) where the disk refuses.
 */
export function replaceFile(path: string, content: FileContent, { mode }: { readonly mode?: number } = {}): void {
  const beside = `${path}.new`;
  makeFolder(dirname(path));
  attempt(path, () => {
    try {
      write(beside, content, { flags: 'w', flush: true, mode });
      renameSync(beside, path);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
    flushFolder(dirname(path));
  });
}

/**
 * Adds `content` to the end of the file at `path`, and waits until it is on the disk where `flush` says so; what is only handed
 * over survives the end of this process, but not that of the machine. Throws as `replaceFile` does.
 */
export function appendToFile(path: string, content: string, { flush }: { readonly flush: boolean }): void {
  makeFolder(dirname(path));
  attempt(path, () => write(path, content, { flags: 'a', flush }));
}

/** Makes a folder and those above it where they are missing. Throws as `replaceFile` does. */
export function makeFolder(path: string): void {
  attempt(path, () => mkdirSync(path, { recursive: true }));
}

function write(
  path: string,
  content: FileContent,
  { flags, flush, mode }: { readonly flags: 'w' | 'a'; readonly flush: boolean; readonly mode?: number | undefined },
): void {
  const parts = typeof content === 'string' || content instanceof Uint8Array ? [content] : content;
  const file = openSync(path, flags, mode);
  try {
    for (const part of parts) writeFileSync(file, part);
    if (flush) fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Makes a rename last. Windows opens no folders, and needs none of it. */
function flushFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function attempt(path: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new RppError(
      'RUN_FOLDER',
      `Expected to write ${path}, received ${reason}. Make room on the disk or allow the folder to be written; what was written before is kept.`,
      { cause: error },
    );
  }
}
