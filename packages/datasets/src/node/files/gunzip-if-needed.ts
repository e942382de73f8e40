import { createGunzip } from 'node:zlib';
import { DatasetError } from '../../dataset-error.ts';
import { inflateChunks } from './inflate-chunks.ts';
import { describeExcess, type ResolvedInflateLimits } from './inflate-limits.ts';

/**
 * The bytes of a file, inflated where they start with gzip's magic number, whatever the file is called. A gzip file may
 * have several members. Throws `DatasetError` that names the file where it is truncated, corrupt or inflates beyond
 * `limits`. `compressedSize` is the size of `source` in bytes.
 */
export async function* gunzipIfNeeded(
  name: string,
  source: AsyncIterable<Uint8Array>,
  compressedSize: number,
  limits: ResolvedInflateLimits,
): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  try {
    const first = await readHead(iterator);
    if (first === undefined) return;
    if (first[0] !== 0x1f || first[1] !== 0x8b) {
      yield first;
      yield* rest(iterator);
      return;
    }
    let inflated = 0;
    for await (const chunk of inflateChunks(prepend(first, iterator), createGunzip({ chunkSize: 1 << 18 }))) {
      inflated += chunk.length;
      const excess = describeExcess(inflated, compressedSize, limits);
      if (excess !== undefined) throw new DatasetError(name, excess.expected, 'more', { advice: excess.advice });
      yield chunk;
    }
  } catch (error) {
    throw describeZlibFault(error, name, 'a complete gzip file');
  } finally {
    await iterator.return?.();
  }
}

/** Errors of zlib in our words; others as they are. */
export function describeZlibFault(error: unknown, name: string, expected: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (typeof code !== 'string' || !code.startsWith('Z_')) return error;
  const received = code === 'Z_BUF_ERROR' ? 'a truncated one' : 'corrupt bytes';
  return new DatasetError(name, expected, received, { advice: 'Download or copy it again.', cause: error });
}

/** The first chunk, of two bytes at least unless the file is shorter. */
async function readHead(iterator: AsyncIterator<Uint8Array>): Promise<Uint8Array | undefined> {
  let head: Uint8Array | undefined;
  while (head === undefined || head.length < 2) {
    // Copied before the next chunk is asked for, which may reuse the buffer.
    const before: Uint8Array | undefined = head?.slice();
    const part = await iterator.next();
    if (part.done) return before;
    head = before === undefined ? part.value : Buffer.concat([before, part.value]);
  }
  return head;
}

async function* prepend(
  first: Uint8Array,
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void, undefined> {
  yield first;
  yield* rest(iterator);
}

async function* rest(iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  for (let part = await iterator.next(); !part.done; part = await iterator.next()) yield part.value;
}
