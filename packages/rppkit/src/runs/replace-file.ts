import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';

/**
 * Writes a file anew in one step: beside it, flushed to disk, then in its place. Whatever ends the process leaves the old file
 * or the new one.
 */
export function replaceFile(path: string, content: Iterable<string | Uint8Array>): void {
  const beside = `${path}.new`;
  const file = openSync(beside, 'w');
  try {
    for (const part of content) writeWhole(file, Buffer.from(part));
    fsyncSync(file);
  } catch (error) {
    rmSync(beside);
    throw error;
  } finally {
    closeSync(file);
  }
  renameSync(beside, path);
}

function writeWhole(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}
