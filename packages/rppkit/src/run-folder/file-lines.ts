import { closeSync, openSync, readSync } from 'node:fs';

const chunkSize = 1 << 16;
const lineBreak = 10;

/**
 * The lines of a file as bytes, each with the line feed that ends it; the last one may have none. Only line feeds end a
 * line: JSON may hold other line separators.
 */
export function* readFileLines(path: string): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    let parts: Buffer[] = [];
    for (;;) {
      const chunk = Buffer.alloc(chunkSize);
      const size = readSync(file, chunk);
      if (size === 0) break;
      let start = 0;
      for (let end = chunk.indexOf(lineBreak); end >= 0 && end < size; end = chunk.indexOf(lineBreak, start)) {
        parts.push(chunk.subarray(start, end + 1));
        yield Buffer.concat(parts);
        parts = [];
        start = end + 1;
      }
      if (start < size) parts.push(chunk.subarray(start, size));
    }
    if (parts.length > 0) yield Buffer.concat(parts);
  } finally {
    closeSync(file);
  }
}
