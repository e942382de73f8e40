const prime = 0x01000193;
/** First byte of UTF-8 sequences of two, three and four bytes. */
const leadBits = [0xc0, 0xe0, 0xf0] as const;

/**
 * A 32-bit hash that is the same everywhere: FNV-1a (Fowler, Noll, Vo) over the UTF-8 bytes of the text, then the final mix
 * of MurmurHash3 (Appleby), because the low bits of FNV-1a alone are weak. Unsigned.
 */
export function computeTextHash(text: string): number {
  return mixBits(computeFnv1a(text));
}

/** FNV-1a, 32 bits, unsigned. Exported for its known-answer test. */
export function computeFnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) {
      hash = Math.imul(hash ^ unit, prime);
      continue;
    }
    const code = text.codePointAt(index)!;
    if (code >= 0x10000) index++;
    const continuations = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    hash = Math.imul(hash ^ (leadBits[continuations - 1]! | (code >> (6 * continuations))), prime);
    for (let left = continuations - 1; left >= 0; left--) {
      hash = Math.imul(hash ^ (0x80 | ((code >> (6 * left)) & 0x3f)), prime);
    }
  }
  return hash >>> 0;
}

/** The final mix of MurmurHash3, 32 bits, unsigned. Exported for its known-answer test. */
export function mixBits(bits: number): number {
  let mixed = bits ^ (bits >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
