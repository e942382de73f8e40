import { InvalidArgumentError } from '@rppkit/spec';
import { createMemoryFile, type DataFile } from './data-file.ts';

/**
 * How the bytes of a text file are to be read. `latin-1` is ISO 8859-1. `utf-8-or-latin-1` takes the whole file as
 * Latin-1 where any part of it is no UTF-8; for that it is held in memory.
 */
export type TextEncoding = 'utf-8' | 'latin-1' | 'utf-8-or-latin-1';

const decoder = new TextDecoder('utf-8', { fatal: true });

const textEncodings: readonly TextEncoding[] = ['utf-8', 'latin-1', 'utf-8-or-latin-1'];

/** The same file in UTF-8. Readers check UTF-8 themselves, line by line. */
export async function convertToUtf8(file: DataFile, encoding: TextEncoding): Promise<DataFile> {
  switch (encoding) {
    case 'utf-8':
      return file;
    case 'latin-1':
      return {
        name: file.name,
        async *chunks() {
          for await (const chunk of file.chunks()) yield convertLatin1(chunk);
        },
      };
    case 'utf-8-or-latin-1': {
      const bytes = await readBytes(file);
      return createMemoryFile(file.name, isUtf8(bytes) ? bytes : convertLatin1(bytes));
    }
    default:
      throw new InvalidArgumentError('encoding', `one of ${textEncodings.join(', ')}`, encoding);
  }
}

/** All bytes of a file. */
export async function readBytes(file: DataFile): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of file.chunks()) {
    // The reader may reuse its chunk.
    chunks.push(chunk.slice());
    length += chunk.length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Whether bytes are valid UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Bytes from 0x80 on become two bytes; `TextDecoder('latin1')` would read Windows-1252 instead. */
function convertLatin1(bytes: Uint8Array): Uint8Array {
  let extra = 0;
  for (const byte of bytes) extra += byte >>> 7;
  if (extra === 0) return bytes;
  const converted = new Uint8Array(bytes.length + extra);
  let at = 0;
  for (const byte of bytes) {
    if (byte >= 0x80) {
      converted[at++] = 0xc0 | (byte >>> 6);
      converted[at++] = 0x80 | (byte & 0x3f);
    } else {
      converted[at++] = byte;
    }
  }
  return converted;
}
