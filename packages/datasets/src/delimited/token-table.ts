/** Ids as they first appear, numbered from 0. Works on UTF-8 bytes, so that a known id costs no string. */
export class TokenTable {
  /**
   * Open addressing with linear probing, four numbers a slot: two that identify the token, its index + 1 (0: free slot),
   * one unused. A token of at most 8 bytes is identified by these bytes; a longer one by its hash and its length, the
   * latter inverted, which no 4 bytes of UTF-8 can equal. At most half of the slots are taken.
   */
  #slots = new Int32Array(4 * 1024);
  /** Token i is `#bytes[#starts[i]]` to `#bytes[#starts[i + 1] - 1]`. */
  #starts = new Int32Array(513);
  #bytes = new Uint8Array(4096);
  /**
   * Index + 1 of the tokens that are whole numbers of at most six digits, by number; 0: not seen. Ids mostly are such numbers,
   * which need no hashing then.
   */
  #numbers = new Int32Array(1024);
  #size = 0;
  /** Tokens in slots. */
  #hashed = 0;
  #first = 0;
  #second = 0;
  #scratch = new Uint8Array(64);
  readonly #encoder = new TextEncoder();
  readonly #decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

  /** Number of different tokens. */
  get size(): number {
    return this.#size;
  }

  /**
   * The index of a token given as `bytes[start]` to `bytes[end - 1]`, valid UTF-8 without a byte 0; a new one gets the
   * next index.
   */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const number = parseShortNumber(bytes, start, end);
    if (number !== -1) {
      const index = number < this.#numbers.length ? this.#numbers[number]! - 1 : -1;
      return index === -1 ? this.#addNumber(bytes, start, end, number) : index;
    }
    const slot = this.#probe(bytes, start, end);
    const index = this.#slots[slot + 2]! - 1;
    return index === -1 ? this.#addToSlot(bytes, start, end, slot) : index;
  }

  /** The index of a token; -1 for one that was never interned. */
  find(bytes: Uint8Array, start: number, end: number): number {
    const number = parseShortNumber(bytes, start, end);
    if (number !== -1) return number < this.#numbers.length ? this.#numbers[number]! - 1 : -1;
    return this.#slots[this.#probe(bytes, start, end) + 2]! - 1;
  }

  /** `intern` for a token that is text already. */
  internText(token: string): number {
    // UTF-8 takes at most three bytes for each unit of UTF-16.
    if (3 * token.length > this.#scratch.length) this.#scratch = new Uint8Array(6 * token.length);
    return this.intern(this.#scratch, 0, this.#encoder.encodeInto(token, this.#scratch).written);
  }

  /** All tokens, by index. */
  toTexts(): string[] {
    return Array.from({ length: this.#size }, (_, index) =>
      this.#decoder.decode(this.#bytes.subarray(this.#starts[index], this.#starts[index + 1])),
    );
  }

  /** The slot that holds a token, or the free one where it belongs; `#first` and `#second` identify it then. */
  #probe(bytes: Uint8Array, start: number, end: number): number {
    const long = end - start > 8;
    let first = 0;
    let second = 0;
    if (long) {
      first = computeHash(bytes, start, end);
      second = ~(end - start);
    } else {
      const middle = end - start > 4 ? start + 4 : end;
      for (let at = start; at < middle; at++) first = (first << 8) | bytes[at]!;
      for (let at = middle; at < end; at++) second = (second << 8) | bytes[at]!;
    }
    this.#first = first;
    this.#second = second;
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = computeSlot(first, second, mask); ; slot = (slot + 4) & mask) {
      const index = slots[slot + 2]! - 1;
      if (index === -1) return slot;
      if (slots[slot] === first && slots[slot + 1] === second && (!long || this.#holds(index, bytes, start)))
        return slot;
    }
  }

  /** Whether a token equals the bytes from `start` on; both have the same length. */
  #holds(index: number, bytes: Uint8Array, start: number): boolean {
    const from = this.#starts[index]!;
    const length = this.#starts[index + 1]! - from;
    for (let offset = 0; offset < length; offset++) {
      if (this.#bytes[from + offset] !== bytes[start + offset]) return false;
    }
    return true;
  }

  #addNumber(bytes: Uint8Array, start: number, end: number, number: number): number {
    if (number >= this.#numbers.length) {
      this.#numbers = enlarge(this.#numbers, 2 ** (32 - Math.clz32(number)));
    }
    const index = this.#add(bytes, start, end);
    this.#numbers[number] = index + 1;
    return index;
  }

  #addToSlot(bytes: Uint8Array, start: number, end: number, slot: number): number {
    const index = this.#add(bytes, start, end);
    this.#slots[slot] = this.#first;
    this.#slots[slot + 1] = this.#second;
    this.#slots[slot + 2] = index + 1;
    this.#hashed++;
    if (8 * this.#hashed > this.#slots.length) this.#rehash();
    return index;
  }

  #add(bytes: Uint8Array, start: number, end: number): number {
    const index = this.#size++;
    if (index + 1 === this.#starts.length) this.#starts = enlarge(this.#starts, 2 * this.#starts.length);
    const from = this.#starts[index]!;
    const to = from + end - start;
    if (to > this.#bytes.length) this.#bytes = enlarge(this.#bytes, Math.max(to, 2 * this.#bytes.length));
    // For tokens as short as ids, faster than `set` of a part.
    for (let at = start; at < end; at++) this.#bytes[from + at - start] = bytes[at]!;
    this.#starts[index + 1] = to;
    return index;
  }

  #rehash(): void {
    const old = this.#slots;
    const slots = new Int32Array(2 * old.length);
    const mask = slots.length - 1;
    for (let from = 0; from < old.length; from += 4) {
      if (old[from + 2] === 0) continue;
      let slot = computeSlot(old[from]!, old[from + 1]!, mask);
      while (slots[slot + 2] !== 0) slot = (slot + 4) & mask;
      slots[slot] = old[from]!;
      slots[slot + 1] = old[from + 1]!;
      slots[slot + 2] = old[from + 2]!;
    }
    this.#slots = slots;
  }
}

/** The number that a token of one to six digits without a leading zero writes; -1 for other tokens. */
function parseShortNumber(bytes: Uint8Array, start: number, end: number): number {
  const digits = end - start;
  if (digits > 6 || digits === 0 || (digits > 1 && bytes[start] === 0x30)) return -1;
  let number = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit < 0 || digit > 9) return -1;
    number = (Math.imul(number, 10) + digit) | 0;
  }
  return number;
}

/** The first slot to try; `mask` is the number of slots times 4, less 1. */
function computeSlot(first: number, second: number, mask: number): number {
  // Multiplicative hashing; the high bits are the good ones.
  const mixed = Math.imul(first ^ Math.imul(second, 0x85ebca6b), 0x9e3779b1);
  return ((mixed ^ (mixed >>> 15)) << 2) & mask;
}

/** FNV-1a (Fowler, Noll, Vo). */
function computeHash(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ bytes[at]!, 0x01000193);
  return hash;
}

function enlarge<Values extends Int32Array | Uint8Array>(values: Values, length: number): Values {
  const larger = new (values.constructor as new (length: number) => Values)(length);
  larger.set(values);
  return larger;
}
