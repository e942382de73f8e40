import { renderItemTitle } from '@rppkit/patterns';
import type { Item } from '@rppkit/spec';

/** Finds the candidate that a listed text names. */
export interface TitleIndex {
  /** The candidate's index, or undefined where the text names none or more than one. */
  find(text: string): number | undefined;
  /** Whether the text could name this candidate, though perhaps others too. */
  names(text: string, index: number): boolean;
}

const separators = /\s(?:[-–—]+|=>)\s|[:：]\s?|\s?[（(]|\s?——/gu;

/** Builds the index over the titles as the prompt showed them. Titles that two candidates share find nothing. */
export function createTitleIndex(candidates: readonly Item[]): TitleIndex {
  // Full titles come before variants, so that "Title" and "Title (1995)" can stand side by side.
  const tiers: readonly Map<string, number>[] = [new Map(), new Map()];
  candidates.forEach((item, index) => {
    computeTitleKeys(item).forEach((keys, tier) => {
      for (const key of keys) tiers[tier]!.set(key, tiers[tier]!.has(key) ? ambiguous : index);
    });
  });
  const lookUp = (text: string): number | undefined => {
    const key = computeKey(text);
    for (const tier of tiers) {
      const index = tier.get(key);
      if (index !== undefined) return index === ambiguous ? undefined : index;
    }
    return undefined;
  };
  return {
    find(text) {
      for (const part of listLeadingParts(text)) {
        const index = lookUp(part);
        if (index !== undefined) return index;
      }
      return undefined;
    },
    names(text, index) {
      const keys = candidates[index] === undefined ? [] : computeTitleKeys(candidates[index]).flat();
      for (const part of listLeadingParts(text)) if (keys.includes(computeKey(part))) return true;
      return false;
    },
  };
}

/** The whole text, then, longest first, what stands before "Title - because …", "Title: …", "Title (because …)". */
function* listLeadingParts(text: string): Generator<string> {
  yield text;
  const cuts = [...text.slice(0, maximumLine).matchAll(separators)].map((match) => match.index);
  for (const cut of cuts.reverse()) yield text.slice(0, cut);
}

const ambiguous = -1;
/** No title with its explanation needs more; keeps the search linear on hostile lines. */
const maximumLine = 400;

const keysOfItems = new WeakMap<Item, readonly (readonly string[])[]>();

function computeTitleKeys(item: Item): readonly (readonly string[])[] {
  let keys = keysOfItems.get(item);
  if (keys === undefined) {
    const title = renderItemTitle(item);
    const full = computeKey(title);
    const withoutYear = title.replace(/\s*[（(]\d{4}[)）]\s*$/u, '');
    const moved = withoutYear.replace(/^(.*),\s*(the|an?)$/i, '$2 $1');
    const variants = new Set(
      [withoutYear, moved, withoutYear.replace(/^(the|an?)\s+(.*)$/i, '$2, $1')].map(computeKey),
    );
    variants.delete(full);
    keys = [[full], [...variants]];
    keysOfItems.set(item, keys);
  }
  return keys;
}

/** Letters and digits in lower case, everything else one blank; titles of symbols alone stay as they are. */
function computeKey(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase();
  const key = plain.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
  return key === '' ? plain.trim() : key;
}
