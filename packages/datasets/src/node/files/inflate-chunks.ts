import type { Gunzip, InflateRaw } from 'node:zlib';

/**
 * What `inflater` makes of `source`, as it comes. The source is told to stop, and the inflater freed, also where the
 * consumer stops early. Throws what either of them throws.
 */
export async function* inflateChunks(
  source: AsyncIterable<Uint8Array>,
  inflater: Gunzip | InflateRaw,
): AsyncGenerator<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  void feed(iterator, inflater);
  try {
    for await (const chunk of inflater) yield chunk as Uint8Array;
  } finally {
    inflater.destroy();
    await iterator.return?.();
  }
}

/** Waits for each chunk to be used up before it asks for the next, because sources may reuse their buffer. */
async function feed(iterator: AsyncIterator<Uint8Array>, inflater: Gunzip | InflateRaw): Promise<void> {
  try {
    for (let part = await iterator.next(); !part.done; part = await iterator.next()) {
      const chunk = part.value;
      await new Promise<void>((resolve, reject) => {
        inflater.write(chunk, (error) => (error ? reject(error) : resolve()));
      });
    }
    inflater.end();
  } catch (error) {
    inflater.destroy(error as Error);
  }
}
