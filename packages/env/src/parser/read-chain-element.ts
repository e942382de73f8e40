import type { Answer, Entry } from './answer.ts';
import { present, type SeparatorKind, separators } from './chain-separators.ts';
import { mask } from './clean-answer.ts';
import { foldUnit, isWordUnit } from './fold-text.ts';
import { readHanNumeral } from './han-numeral.ts';
import { matchEntry } from './match-entry.ts';
import { resolveIndex } from './read-index.ts';
import { ambiguous, type TitleIndex } from './title-index.ts';
import { isKeyOf } from './title-keys.ts';

/** Where the next element of a chain begins, and where the chain ends at the latest. */
export interface ChainElement {
  readonly from: number;
  readonly to: number;
  readonly kind: SeparatorKind;
  readonly first: boolean;
}

/**
 * The longest title that ends at a separator, else whatever stands before the next one. `prose`: the first title ends a
 * sentence that goes on with the chain.
 */
export function readElement(
  answer: Answer,
  { from, to, kind, first }: ChainElement,
): { readonly entry: Entry | undefined; readonly end: number; readonly prose?: boolean } {
  const { body, masked, titles } = answer;
  const separator = separators[kind];
  let folded = '';
  let firstEnd = -1;
  let bestEnd = -1;
  let best = -1;
  for (let at = from; at <= to; at++) {
    let ends = at === to;
    if (!ends && at > from && mayBegin(masked.charCodeAt(at)) && masked[at] !== mask) {
      separator.lastIndex = at;
      ends = separator.test(masked);
    }
    if (ends) {
      if (firstEnd < 0) firstEnd = at;
      const text = body.slice(from, at).trim();
      const candidate = titles.texts.get(text) ?? (isKeyOf(folded, text) ? titles.exact.get(folded) : undefined);
      // A title such as "[2] > [1]" that was not hidden is part of the chain.
      const inChain =
        at !== firstEnd &&
        ((!/\p{L}/u.test(text) && !masked.slice(from, at).includes(mask)) || !holdsSeparator(candidate, kind, titles));
      if (candidate !== undefined && candidate !== ambiguous && !inChain) [best, bestEnd] = [candidate, at];
    }
    if (firstEnd >= 0 && (folded.length > titles.longest || at - from > 3 * titles.longest + 20)) break;
    // A first element without a separator is no element.
    if (firstEnd < 0 && at - from > 300) return { entry: foreignEntry(body.slice(from, at)), end: to };
    if (at < to && (folded.length <= titles.longest || firstEnd < 0))
      folded += foldUnit(masked[at] === mask ? body.charCodeAt(at) : masked.charCodeAt(at));
  }
  answer.budget.entries--;
  const last = answer.cut && kind !== 'blank' && (bestEnd < 0 ? firstEnd : bestEnd) >= body.trimEnd().length;
  const text = body.slice(from, bestEnd < 0 ? firstEnd : bestEnd).replace(/\n/g, ' ');
  if (best >= 0 && !last && !/^\W*\d+\W*$/.test(text)) {
    return {
      entry: { text: text.trim(), title: best, approximate: false, index: -1, bare: false, whole: true },
      end: bestEnd,
    };
  }
  const numeral = kind === 'order' && answer.asksIndices ? readNumeral(text.trim(), answer) : undefined;
  if (numeral !== undefined) return { entry: numeral, end: firstEnd };
  const entry = matchEntry(text.trim(), answer, { last });
  if (first && entry !== undefined && entry.title < 0 && entry.index < 0 && kind === 'order') {
    // "I would say A > B": the first title ends a sentence.
    const title = findLastTitle(text, answer);
    if (title !== undefined) return { entry: title, end: firstEnd, prose: true };
  }
  return { entry, end: firstEnd };
}

/** `②` or `二` where numbers were asked for. */
function readNumeral(text: string, answer: Answer): Entry | undefined {
  const match = /^(?:([①-⑳])|([一二三四五六七八九十]{1,3}))[.。]?$/u.exec(text);
  if (match === null || answer.titles.texts.has(text)) return undefined;
  const number = match[1] === undefined ? readHanNumeral(match[2]!) : match[1].charCodeAt(0) - 0x245f;
  return { text, title: -1, approximate: false, index: resolveIndex(number, answer), bare: true, whole: true };
}

/** What may stand before a title at the end of a sentence; after other words it is the end of a longer title. */
const beforeTitle =
  /(?:^|[^\p{L}\p{N}\s]|(?:^|[^\p{L}\p{N}])(?!(?:of|the|an?|and|in|on|at|to|from)\s)\p{Ll}+|[是为荐选])\s*$/u;

/** Whether a title could span a separator; "Shutter; Island" are two. */
function holdsSeparator(candidate: number | undefined, kind: SeparatorKind, { keys }: TitleIndex): boolean {
  if (candidate === undefined || candidate < 0 || kind === 'dash' || kind === 'blank') return true;
  return keys[candidate]!.texts.some((text) => present[kind].test(text) || /[,;]/.test(text));
}

function findLastTitle(text: string, answer: Answer): Entry | undefined {
  const from = Math.max(0, text.length - 130);
  for (let at = from; at < text.length; at++) {
    if (at > from && isWordUnit(text.charCodeAt(at - 1)) && text.charCodeAt(at - 1) < 0x2e80) continue;
    if (!beforeTitle.test(text.slice(Math.max(0, at - 20), at))) continue;
    const entry = matchEntry(text.slice(at).trim(), answer, { fuzzy: false });
    if (entry !== undefined && (entry.bare || (entry.title >= 0 && entry.whole && !entry.approximate))) return entry;
  }
  return undefined;
}

function foreignEntry(text: string): Entry {
  return { text, title: -1, approximate: false, index: -1, bare: false, whole: false };
}

const beginnings = new Set([...'[ \t\n->=→≻≥➜⇒➡＞;；|,，、'].map((sign) => sign.charCodeAt(0)));
function mayBegin(unit: number): boolean {
  return beginnings.has(unit);
}
