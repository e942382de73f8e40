import { commonCharacters, commonWords } from './common-words.ts';

/** A word, a number or a character of a script without spaces, folded. */
export interface Token {
  readonly text: string;
  /** As written. */
  readonly written: string;
  /** Where it begins. */
  readonly at: number;
  /** False for words that any prompt may have, and for numbers. */
  readonly telling: boolean;
}

/** What the texts of a context can be recognised by. */
export interface CopyIndex {
  /** Keys of whole short texts, and the same without what stands in brackets behind. */
  readonly titles: ReadonlySet<number>;
  /** Keys of runs of four tokens. */
  readonly runs: ReadonlySet<number>;
  /** Keys of titles of at least four tokens, and of what is left of them without one of their tokens. */
  readonly altered: ReadonlySet<number>;
  /** Keys of the letters of titles of one to three words, whole and with one of them left out. */
  readonly misspelt: ReadonlySet<number>;
}

/** Tokens of a run that is recognised in any text. */
export const runLength = 4;
/** Tokens that a text may have to count as a title. */
export const longestTitle = 14;
/** Letters from which on a slip of the pen is looked for; in fewer, words are too much alike. */
const shortestSpelling = 8;
const longestSpelling = 48;
/** Tokens of a context that are indexed; of what comes later only whole titles are known. */
const mostTokens = 2_000_000;
const mostCharacters = 20_000;

const spaceless = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u;
const word =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])[\p{L}\p{N}\p{M}'’])+/gu;

// Most titles are ASCII and need no normal form.
// biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII.
const ascii = /^[\u0000-\u007f]*$/;
const asciiWord = /[A-Za-z0-9']+/g;

function normalize(text: string): string {
  return text
    .slice(0, mostCharacters)
    .replaceAll(/\p{Cf}/gu, '')
    .normalize('NFKC')
    .slice(0, mostCharacters);
}

function foldToken(written: string): string {
  return written
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .normalize('NFKC');
}

/** The tokens of a text: case, signs, width and accents folded. */
export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const plain = ascii.test(text);
  const readable = plain ? text.slice(0, mostCharacters) : normalize(text);
  for (const match of readable.matchAll(plain ? asciiWord : word)) {
    const [written] = match;
    const folded = plain ? written.toLowerCase().replaceAll("'", '') : foldToken(written);
    if (folded === '') continue;
    const common = spaceless.test(folded) ? commonCharacters.has(folded) : isCommonWord(folded);
    tokens.push({ text: folded, written, at: match.index, telling: !common });
  }
  return tokens;
}

function isCommonWord(folded: string): boolean {
  if (folded.length === 1 || /^\p{N}+(?:st|nd|rd|th|s)?$/u.test(folded) || commonWords.has(folded)) return true;
  return endings.some((ending) => folded.endsWith(ending) && commonWords.has(folded.slice(0, -ending.length)));
}

const endings: readonly string[] = ['s', 'es', 'd', 'ed', 'ing', 'ly', 'er', 'est'];

const indexes = new WeakMap<readonly string[], CopyIndex>();

/** The index of a context, kept as long as the array, which must not change. Time and memory grow linearly. */
export function getCopyIndex(context: readonly string[]): CopyIndex {
  let index = indexes.get(context);
  if (index === undefined) {
    index = createCopyIndex(context);
    indexes.set(context, index);
  }
  return index;
}

const behind = /[([（][^)\]）]{0,100}[)\]）]\s*$/;

function createCopyIndex(context: readonly string[]): CopyIndex {
  const titles = new Set<number>();
  const runs = new Set<number>();
  const altered = new Set<number>();
  const misspelt = new Set<number>();
  let read = 0;
  for (const text of context) {
    const whole = text.slice(0, mostCharacters);
    const tokens = readTokens(whole);
    read += tokens.length;
    const keys = createRunKeys(tokens);
    if (tokens.length > 0 && tokens.length <= longestTitle) titles.add(keys.compute(0, tokens.length));
    // The year or an addition behind a title may be left out.
    const bracketed = /[)\]）]\s*$/.test(whole.slice(-40));
    const plain = bracketed ? readTokens(whole.slice(0, 400).replace(behind, '')) : tokens;
    const plainKeys = bracketed ? createRunKeys(plain) : keys;
    if (plain.length > 0 && plain.length <= longestTitle) titles.add(plainKeys.compute(0, plain.length));
    if (read > mostTokens) continue;
    for (let at = 0; at + runLength <= tokens.length; at++) runs.add(keys.compute(at, at + runLength));
    if (plain.length >= runLength && plain.length <= longestTitle) {
      altered.add(plainKeys.compute(0, plain.length));
      for (let left = 0; left < plain.length; left++) altered.add(plainKeys.computeWithout(0, plain.length, left));
    }
    if (plain.length <= 3 && plain.some(({ telling }) => telling)) {
      const letters = plain.map((token) => token.text).join('');
      if (!spaceless.test(letters)) for (const key of listMisspellings(letters)) misspelt.add(key);
    }
  }
  return { titles, runs, altered, misspelt };
}

/** Keys of runs of tokens, each in constant time. */
export interface RunKeys {
  compute(from: number, to: number): number;
  /** Of the run without its token at `left`. */
  computeWithout(from: number, to: number, left: number): number;
}

/** Two polynomial hashes over the tokens' own hashes. */
export function createRunKeys(tokens: readonly Token[]): RunKeys {
  const first = createSums(tokens, 0);
  const second = createSums(tokens, 1);
  return {
    compute: (from, to) => joinHashes(slice(first, from, to), slice(second, from, to)),
    computeWithout: (from, to, left) =>
      joinHashes(sliceWithout(first, from, to, left), sliceWithout(second, from, to, left)),
  };
}

/** Sums of the hashes up to each token, and the powers by which later ones outweigh them. */
interface Sums {
  readonly sum: Int32Array;
  readonly power: Int32Array;
}

function createSums(tokens: readonly Token[], which: 0 | 1): Sums {
  const sum = new Int32Array(tokens.length + 1);
  const power = new Int32Array(tokens.length + 1).fill(1);
  for (let at = 0; at < tokens.length; at++) {
    sum[at + 1] = Math.imul(sum[at]!, multipliers[which]) + hashText(tokens[at]!.text, offsets[which]);
    power[at + 1] = Math.imul(power[at]!, multipliers[which]);
  }
  return { sum, power };
}

function slice({ sum, power }: Sums, from: number, to: number): number {
  return (sum[to]! - Math.imul(sum[from]!, power[to - from]!)) | 0;
}

function sliceWithout(sums: Sums, from: number, to: number, left: number): number {
  return (Math.imul(slice(sums, from, left), sums.power[to - left - 1]!) + slice(sums, left + 1, to)) | 0;
}

const multipliers = [0x2c1b3c6d, 0x297a2d39] as const;
const offsets = [0x811c9dc5, 0x1b873593] as const;

/** Keys that a spelling shares with others in which a single letter is exchanged, added or left out; none for short ones. */
export function listMisspellings(letters: string): readonly number[] {
  if (letters.length < shortestSpelling || letters.length > longestSpelling) return [];
  const without = Array.from(letters, (_, left) => computeKey(letters.slice(0, left) + letters.slice(left + 1)));
  return [computeKey(letters), ...without];
}

/** A key of two hashes: among millions hardly any two are alike. */
function computeKey(text: string): number {
  return joinHashes(hashText(text, offsets[0]), hashText(text, offsets[1]));
}

/** 52 bits of 64. */
function joinHashes(first: number, second: number): number {
  return (first >>> 6) * 0x4000000 + (second >>> 6);
}

/** FNV-1a over UTF-16 code units, mixed at the end. */
function hashText(text: string, offset: number): number {
  let hash = offset;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return hash ^ (hash >>> 15);
}
