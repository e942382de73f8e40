import { renderItemTitle } from '@rppkit/patterns';
import type { Item } from '@rppkit/spec';
import { cleanAnswer } from './clean-answer.ts';
import { foldText } from './fold-text.ts';

/** The ways in which an answer may name an item. */
export interface TitleKeys {
  /** The title as the prompt showed it, and as it is. */
  readonly texts: readonly string[];
  /** Folded whole titles. */
  readonly full: readonly string[];
  /** Folded titles without the year, with the article moved: as good as the whole title. */
  readonly variants: readonly string[];
  /** Folded titles without subtitle, artist or addition: count as approximate. */
  readonly short: readonly string[];
  /** The folded title without its article, which counts as a short one; empty without an article. */
  readonly unarticled: string;
  /** The year at the end of the title; 0 without one. */
  readonly year: number;
}

const memo = new WeakMap<Item, readonly [title: string, keys: TitleKeys]>();

export function computeTitleKeys(item: Item): TitleKeys {
  const known = memo.get(item);
  if (known !== undefined && known[0] === item.title) return known[1];
  const keys = deriveTitleKeys(renderItemTitle(item), item.title.trim());
  memo.set(item, [item.title, keys]);
  return keys;
}

/** A key never is empty: titles of signs alone, or of signs and digits, are compared as they stand. */
export function computeKey(text: string): string {
  const folded = foldText(text);
  return folded === '' || !isKeyOf(folded, text) ? `\0${text.replace(/\s+/g, '')}` : folded;
}

/** Whether a folded text stands for the text: "12" does not for "1: 2". */
export function isKeyOf(folded: string, text: string): boolean {
  return !/^\d+$/.test(folded) || /^\D*\d+\D*$/.test(text);
}

function deriveTitleKeys(shown: string, title: string): TitleKeys {
  const texts = new Set([shown, title, ...[shown, title].map((text) => cleanAnswer(text, { keepTags: true }))]);
  const full = new Set([...texts].map(computeKey));
  const dated = /^(.*\S)\s*[(（[]\s*(\d{4})\s*[)）\]]$/u.exec(shown);
  const year = dated === null ? 0 : Number(dated[2]);
  const plain = dated === null ? shown : dated[1]!;
  const suffix = dated === null ? '' : dated[2]!;
  const moved = plain.replace(/^(.*\S),\s*(the|an?|le|la|les|der|die|das|el|il)$/i, '$2 $1');
  const last = plain.replace(/^(the|an?)\s+(.*)$/i, '$2, $1');
  const variants = new Set([plain, moved, last, moved + suffix, last + suffix].map(computeKey));
  const bare = plain.replace(moved === plain ? /^(?:the|an?)\s+(?=.*\p{L})/iu : /,[^,]*$/, '');
  const unarticled = bare === plain ? '' : computeKey(bare);
  const short = new Set(listShortTitles(plain).map(computeKey));
  for (const key of variants) if (full.has(key)) variants.delete(key);
  for (const key of short) if (key.length < 2 || full.has(key) || variants.has(key)) short.delete(key);
  return {
    texts: [...texts],
    full: [...full],
    variants: [...variants],
    short: [...short],
    unarticled: unarticled.length < 2 ? '' : unarticled,
    year,
  };
}

/** "Title" of "Title: subtitle", "Title - subtitle" and "Title (addition)"; "Album" of "Artist - Album". */
function listShortTitles(title: string): string[] {
  const short: string[] = [];
  for (const mark of [/\s*[:：]\s*/gu, /\s+[-–—]\s+|\s*——\s*/gu, /\s*[(（]/gu]) {
    for (const cut of title.matchAll(mark)) if (cut.index > 0) short.push(title.slice(0, cut.index));
  }
  const dash = /\s+[-–—]\s+/u.exec(title);
  if (dash !== null) {
    const artist = title.slice(0, dash.index);
    const album = title.slice(dash.index + dash[0].length);
    short.push(album, `${album} by ${artist}`, `${album} - ${artist}`);
  }
  return short;
}
