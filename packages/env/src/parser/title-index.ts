import type { Item } from '@rppkit/spec';
import { computeTitleKeys, type TitleKeys } from './title-keys.ts';

/** Several candidates share a text; it names none of them unless a number tells which. */
export const ambiguous = -1;

/** Finds candidates by what an answer calls them. */
export interface TitleIndex {
  readonly keys: readonly TitleKeys[];
  /** Title as it stands → candidate, or `ambiguous`. */
  readonly texts: ReadonlyMap<string, number>;
  /** Folded title, whole or without its year → candidate, or `ambiguous`. */
  readonly exact: ReadonlyMap<string, number>;
  /** Folded short title → candidate, or `ambiguous`. */
  readonly short: ReadonlyMap<string, number>;
  /** Whether titles that differ in signs alone have one key, so that the text has to be looked at first. */
  readonly collides: boolean;
  /** Whether a title is made of digits alone. */
  readonly numeric: boolean;
  /** Numbers with which titles begin, as lines of a list do; letters count from 1. */
  readonly leading: ReadonlySet<number>;
  /** Whether most titles are in Latin letters. */
  readonly latin: boolean;
  /** Length of the longest key. */
  readonly longest: number;
}

const memo = new WeakMap<readonly Item[], TitleIndex>();

/** The index over these candidates, kept as long as their array. The array must not change afterwards. */
export function getTitleIndex(candidates: readonly Item[]): TitleIndex {
  let index = memo.get(candidates);
  if (index === undefined || candidates.length !== index.keys.length) {
    index = createTitleIndex(candidates);
    memo.set(candidates, index);
  }
  return index;
}

function createTitleIndex(candidates: readonly Item[]): TitleIndex {
  const keys = candidates.map(computeTitleKeys);
  const texts = new Map<string, number>();
  const exact = new Map<string, number>();
  const variants = new Map<string, number>();
  const short = new Map<string, number>();
  const leading = new Set<number>();
  let [collides, numeric, longest] = [false, false, 0];
  keys.forEach(({ texts: own, full, variants: ownVariants, short: ownShort }, candidate) => {
    for (const text of own) {
      insert(texts, text, candidate);
      numeric ||= /^\d+$/.test(text);
      const marker = /^\W{0,3}(?:(\d{1,4})(?!\d)|([a-z])[.)]\s)/iu.exec(text);
      if (marker !== null)
        leading.add(marker[1] === undefined ? (marker[2]!.charCodeAt(0) | 32) - 96 : Number(marker[1]));
    }
    for (const key of full) {
      collides ||= exact.has(key);
      insert(exact, key, candidate);
      longest = Math.max(longest, key.length);
    }
    for (const key of ownVariants) insert(variants, key, candidate);
    for (const key of ownShort) insert(short, key, candidate);
  });
  keys.forEach(({ unarticled }, candidate) => {
    if (unarticled === '') return;
    // "Island" is "Shutter Island" as much as "The Island".
    const shared = keys.some(
      ({ full, variants: others }, other) =>
        other !== candidate && [full, others].some((forms) => forms.some((form) => form.endsWith(unarticled))),
    );
    insert(short, unarticled, shared ? ambiguous : candidate);
  });
  // A whole title comes before another one without its year, and both before short ones.
  for (const [key, candidate] of variants) if (!exact.has(key)) exact.set(key, candidate);
  for (const key of exact.keys()) short.delete(key);
  return { keys, texts, exact, short, collides, numeric, leading, latin: isLatin(candidates), longest };
}

function isLatin(candidates: readonly Item[]): boolean {
  const latin = candidates.reduce(
    (count, { title }) => count + (/[a-z]/i.test(title) && !/\p{Script=Han}/u.test(title) ? 1 : 0),
    0,
  );
  return latin * 2 > candidates.length;
}

function insert(map: Map<string, number>, key: string, candidate: number): void {
  const known = map.get(key);
  map.set(key, known === undefined || known === candidate ? candidate : ambiguous);
}
