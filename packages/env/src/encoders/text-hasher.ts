import type { Item } from '@rppkit/spec';
import { computeTextHash } from './text-hash.ts';

/** Counts the tokens of texts in `dimensions` signed places. */
export interface TextHasher {
  /** Adds the tokens of a title, and of attribute values with the attribute's name in front. `sums`: `[dimensions]`. */
  addItem(item: Item, sums: Float64Array): void;
  addText(text: string, sums: Float64Array): void;
}

/**
 * Signed feature hashing (Weinberger et al., "Feature hashing for large scale multitask learning", ICML 2009): of a token's
 * hash h, h mod 2 is the sign and floor(h / 2) mod `dimensions` the place.
 */
export function createTextHasher(dimensions: number): TextHasher {
  // Place + 1 of every token of an item, with its sign; items are shared by many histories.
  const hashed = new WeakMap<Item, Int32Array>();
  const hash = (token: string): number => {
    const bits = computeTextHash(token);
    const place = 1 + ((bits >>> 1) % dimensions);
    return (bits & 1) === 1 ? -place : place;
  };
  const add = (place: number, sums: Float64Array): void => {
    sums[Math.abs(place) - 1]! += Math.sign(place);
  };
  return {
    addItem(item, sums) {
      let places = hashed.get(item);
      if (places === undefined) {
        places = Int32Array.from(listItemTokens(item), hash);
        hashed.set(item, places);
      }
      for (const place of places) add(place, sums);
    },
    addText(text, sums) {
      for (const token of listTokens(text)) add(hash(token), sums);
    },
  };
}

/** The sums as a vector of length 1; zeros stay zeros. */
export function normalizeSums(sums: Float64Array): Float32Array {
  // Not Math.hypot, whose last bit differs between engines.
  let squares = 0;
  for (const sum of sums) squares += sum * sum;
  const vector = new Float32Array(sums.length);
  if (squares === 0) return vector;
  const norm = Math.sqrt(squares);
  for (let place = 0; place < sums.length; place++) vector[place] = sums[place]! / norm;
  return vector;
}

function listItemTokens({ title, attributes = {} }: Item): readonly string[] {
  const tokens = [...listTokens(title)];
  for (const [name, value] of Object.entries(attributes)) {
    for (const part of typeof value === 'string' ? [value] : value) {
      for (const token of listTokens(part)) tokens.push(`${name}=${token}`);
    }
  }
  return tokens;
}

/** Scripts that are written without spaces. */
const unspaced = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー]';
const runs = new RegExp(`(${unspaced}+)|(?:(?!${unspaced})[\\p{L}\\p{M}\\p{N}])+`, 'gu');

/**
 * Words in lower case (runs of letters, marks and digits, after Unicode NFKC); Chinese and Japanese runs as pairs of
 * neighbouring characters, or the character where it stands alone.
 */
export function listTokens(text: string): readonly string[] {
  const tokens: string[] = [];
  for (const match of text.normalize('NFKC').toLowerCase().matchAll(runs)) {
    if (match[1] === undefined) {
      tokens.push(match[0]);
      continue;
    }
    const characters = [...match[1]];
    if (characters.length === 1) tokens.push(match[1]);
    for (let index = 1; index < characters.length; index++) tokens.push(`${characters[index - 1]}${characters[index]}`);
  }
  return tokens;
}
