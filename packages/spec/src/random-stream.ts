/**
 * Counter-based random numbers, Philox4x32-10.
 * Salmon, Moraes, Dror, Shaw: "Parallel random numbers: as easy as 1, 2, 3", SC 2011, doi 10.1145/2063384.2063405.
 *
 * Symbols: key (2 x 32 bits) names the stream, counter (128 bits, here 64 used) numbers its blocks; one block of ten
 * rounds yields four 32-bit words. Only integer operations, so every platform gives the same bits.
 */

import { InvalidArgumentError } from './rpp-error.ts';

/** What a checkpoint stores of a stream. */
export interface RandomStreamState {
  readonly key: readonly [number, number];
  /** Number of 32-bit words drawn so far, below 2^53. */
  readonly drawn: number;
}

/** A seeded source of randomness. Draws advance it; `split` does not, so the order of splits never matters. */
export interface RandomStream {
  /** Next 32 random bits as an unsigned integer. */
  bits(): number;
  /** Uniform in [0, 1) with 53 random bits. */
  uniform(): number;
  /** Uniform integer in [0, bound), without modulo bias; `bound` in [1, 2^31 - 1]. */
  integer(bound: number): number;
  /** Standard normal (Leva 1992: a ratio of uniforms, so the value is one exact division). */
  normal(): number;
  /** An independent stream that depends on this stream's key and the name alone, not on how much was drawn. */
  split(name: string | number): RandomStream;
  state(): RandomStreamState;
}

/** A stream from a seed: any safe integer, or text. Numbers and text never share streams. */
export function createRandomStream(seed: number | string): RandomStream {
  if (typeof seed !== 'string' && !Number.isSafeInteger(seed)) {
    throw new InvalidArgumentError('seed', 'a safe integer or text', seed);
  }
  return new PhiloxStream(...deriveKey(0, 0, seed), 0);
}

/** Continues a stream exactly where `state()` was taken. */
export function restoreRandomStream(state: RandomStreamState): RandomStream {
  if (!(Number.isSafeInteger(state.drawn) && state.drawn >= 0 && state.key.every(Number.isInteger))) {
    throw new InvalidArgumentError('state', 'what state() returned', state);
  }
  return new PhiloxStream(state.key[0] >>> 0, state.key[1] >>> 0, state.drawn);
}

class PhiloxStream implements RandomStream {
  readonly #key0: number;
  readonly #key1: number;
  /** Made by the first draw: most streams are only split. */
  #block: Uint32Array | undefined;
  #drawn: number;
  #blockIndex = -1;

  constructor(key0: number, key1: number, drawn: number) {
    this.#key0 = key0;
    this.#key1 = key1;
    this.#drawn = drawn;
  }

  bits(): number {
    this.#block ??= new Uint32Array(4);
    const block = this.#block;
    const index = Math.floor(this.#drawn / 4);
    if (index !== this.#blockIndex) {
      block[0] = index >>> 0;
      block[1] = Math.floor(index / 4294967296);
      block[2] = 0;
      block[3] = 0;
      computePhiloxBlock(block, this.#key0, this.#key1);
      this.#blockIndex = index;
    }
    return block[this.#drawn++ & 3]!;
  }

  uniform(): number {
    const high = this.bits() >>> 5;
    const low = this.bits() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  integer(bound: number): number {
    if (!(bound >= 1 && bound <= 0x7fffffff && Number.isInteger(bound))) {
      throw new InvalidArgumentError('bound', 'an integer in [1, 2^31 - 1]', bound);
    }
    // 31 bits, so that engines stay with integer arithmetic; the last incomplete multiple of `bound` is rejected.
    const excess = ((0x7fffffff % bound) + 1) % bound;
    let word = this.bits() >>> 1;
    while (word > 0x7fffffff - excess) word = this.bits() >>> 1;
    return word % bound;
  }

  normal(): number {
    // Leva: "A fast normal random number generator", ACM TOMS 18(4), 1992. Constants are the paper's.
    for (;;) {
      const u = 1 - this.uniform();
      const v = 1.7156 * (this.uniform() - 0.5);
      const x = u - 0.449871;
      const y = Math.abs(v) + 0.386595;
      const q = x * x + y * (0.196 * y - 0.25472 * x);
      if (q < 0.27597) return v / u;
      if (q <= 0.27846 && v * v <= -4 * u * u * Math.log(u)) return v / u;
    }
  }

  split(name: string | number): RandomStream {
    return new PhiloxStream(...deriveKey(this.#key0, this.#key1, name), 0);
  }

  state(): RandomStreamState {
    return { key: [this.#key0, this.#key1], drawn: this.#drawn };
  }
}

/** Chains the name through Philox blocks under the parent's key (CBC-MAC): the length and kind come first. */
function deriveKey(key0: number, key1: number, name: string | number): [number, number] {
  const text = String(name);
  const block = new Uint32Array(4);
  block[0] = text.length;
  block[1] = typeof name === 'number' ? 1 : 2;
  // Draws use counter words 2 and 3 = 0; a mark in word 3 keeps derivation apart from drawing.
  block[3] = 0x5eed;
  computePhiloxBlock(block, key0, key1);
  for (let start = 0; start < text.length; start += 8) {
    for (let word = 0; word < 4; word++) {
      const at = start + 2 * word;
      const low = at < text.length ? text.charCodeAt(at) : 0;
      const high = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
      block[word] = block[word]! ^ (low | (high << 16));
    }
    computePhiloxBlock(block, key0, key1);
  }
  return [block[0]!, block[1]!];
}

/** Ten rounds of Philox4x32 on `block` in place. Exported for its known-answer test. */
export function computePhiloxBlock(block: Uint32Array, key0: number, key1: number): void {
  let c0 = block[0]!;
  let c1 = block[1]!;
  let c2 = block[2]!;
  let c3 = block[3]!;
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, c0);
    const low0 = Math.imul(0xd2511f53, c0);
    const high1 = multiplyHigh(0xcd9e8d57, c2);
    const low1 = Math.imul(0xcd9e8d57, c2);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  block[0] = c0;
  block[1] = c1;
  block[2] = c2;
  block[3] = c3;
}

/** Upper 32 bits of the 64-bit product of two unsigned 32-bit integers. */
function multiplyHigh(a: number, b: number): number {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const lowHigh = aLow * bHigh;
  const highLow = aHigh * bLow;
  const carry = ((aLow * bLow) >>> 16) + (lowHigh & 0xffff) + (highLow & 0xffff);
  return (aHigh * bHigh + (lowHigh >>> 16) + (highLow >>> 16) + (carry >>> 16)) | 0;
}
