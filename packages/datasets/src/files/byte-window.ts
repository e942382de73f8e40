import type { DataFile } from './data-file.ts';

/**
 * The part of a file that is being read: unread bytes are `bytes[start]` to `bytes[end - 1]`. `fill` keeps them, moves
 * them to the front and appends the next chunk. There is always room for one more byte after `end`.
 */
export class ByteWindow {
  bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 16);
  start = 0;
  end = 0;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #markWanted = true;

  constructor(file: DataFile) {
    this.#chunks = file.chunks()[Symbol.asyncIterator]();
  }

  /** Appends a chunk; false at the end of the file. A byte order mark at its start is dropped. */
  async fill(): Promise<boolean> {
    const appended = await this.#append();
    if (!this.#markWanted) return appended;
    this.#markWanted = false;
    // The first chunk can end inside the mark.
    for (let more = appended; more && this.end < 3; ) more = await this.#append();
    if (this.bytes[0] === 0xef && this.bytes[1] === 0xbb && this.bytes[2] === 0xbf && this.end >= 3) this.start = 3;
    return appended;
  }

  async #append(): Promise<boolean> {
    const { done, value: chunk } = await this.#chunks.next();
    if (done) return false;
    const unread = this.end - this.start;
    const needed = unread + chunk.length + 1;
    const target = needed > this.bytes.length ? new Uint8Array(Math.max(needed, 2 * this.bytes.length)) : this.bytes;
    // What stands where it should is not moved, since lines can be long and chunks short.
    if (this.start > 0 || target !== this.bytes) target.set(this.bytes.subarray(this.start, this.end));
    target.set(chunk, unread);
    this.bytes = target;
    this.start = 0;
    this.end = unread + chunk.length;
    return true;
  }

  /** Lets go of the file before its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
