/** A file as data readers see it: a name for errors and its bytes, from a disk, an archive, a browser or memory. */
export interface DataFile {
  readonly name: string;
  /** The bytes in chunks of any size; every call reads the file anew, and a chunk may be reused once the next is asked for. */
  chunks(): AsyncIterable<Uint8Array>;
}

const chunkLength = 1 << 20;

/** A file in memory: its text (as UTF-8) or its bytes. */
export function createMemoryFile(name: string, content: string | Uint8Array): DataFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return {
    name,
    async *chunks() {
      // In parts, because readers make room for a whole chunk.
      for (let start = 0; start < bytes.length; start += chunkLength) yield bytes.subarray(start, start + chunkLength);
    },
  };
}

/** A file that a browser's file input or `fetch` gives; `name` defaults to that of a `File`. */
export function createBlobFile(blob: Blob & { readonly name?: string }, name: string = blob.name ?? 'blob'): DataFile {
  return {
    name,
    async *chunks() {
      const reader = blob.stream().getReader();
      try {
        for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
      } finally {
        await reader.cancel();
      }
    },
  };
}
