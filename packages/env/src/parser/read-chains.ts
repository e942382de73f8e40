import type { Answer, Entry } from './answer.ts';
import { mask } from './clean-answer.ts';
import { foldUnit, isWordUnit } from './fold-text.ts';
import { matchEntry } from './match-entry.ts';
import { ambiguous } from './title-index.ts';
import { isKeyOf } from './title-keys.ts';

/** The chains found so far. */
export interface Chains {
  readonly lists: { readonly entries: Entry[]; readonly at: number }[];
  /** Up to where the last chain reached, which may have gone on over lines. */
  until: number;
  /** Up to where lines that go on were tried in vain. */
  failed: number;
  /** The end of the last line that held two bare numbers and nothing else. */
  pairEnd: number;
}

type SeparatorKind = 'order' | 'semicolon' | 'bar' | 'comma' | 'dash' | 'blank';

const separators: Readonly<Record<SeparatorKind, RegExp>> = {
  order: /[ \t\n]*(?:-{0,2}>{1,3}|={1,2}>?|[→≻≥➜⇒➡＞])[ \t\n]*/y,
  semicolon: /[ \t]*[;；][ \t\n]*/y,
  bar: /[ \t]*\|[ \t]*/y,
  comma: /[ \t]*[,，、][ \t\n]*(?:(?:and|then)[ \t]+)?|[ \t]+(?:and|then)[ \t]+/y,
  dash: /[ \t]+[-–—][ \t]+/y,
  blank: /[ \t]+(?=[[(]?\d)|(?=\[\d)/y,
};
const kinds = Object.keys(separators) as SeparatorKind[];
const present: Readonly<Record<SeparatorKind, RegExp>> = {
  order: />|[→≻≥➜⇒➡]/,
  semicolon: /[;；]/,
  bar: /\|/,
  comma: /[,，、]/,
  dash: /[ \t][-–—][ \t]/,
  blank: /\d[\])]?[ \t]+[[(]?\d|\][ \t]*\[\d/,
};
const anySign =
  /\]\[|[>→≻≥➜⇒➡;；|,，、]|[ \t][-–—][ \t]|\d[\])]?[ \t]+[[(]?\d|\D[ \t]*[(（]?\d{1,3}[ \t]*[.)）:：]|[①-⑳]/;
const scored = /scor|rating|rated|confiden|probab|year|分数|评分|得分|年份/i;

interface Line {
  readonly from: number;
  readonly to: number;
  /** Whether the line has a marker, so that a chain cannot go on below it. */
  readonly marked: boolean;
  /** `numbers`: the line begins with a title, so that it can only be several numbered entries. */
  readonly only: 'any' | 'numbers';
}

/**
 * Reads a line that is a chain, at its beginning or after a label: `A > B > C`, `[2] > [1]`, `2, 1, 3`, `A; B`, `3 1 2`,
 * `1) A 2) B`. Titles are matched longest first, so they may hold the separator.
 */
export function readChain(answer: Answer, line: Line, chains: Chains): boolean {
  const { masked, count } = answer;
  if (count < 2) return false;
  const text = masked.slice(line.from, line.to);
  if (!anySign.test(text) || !/[\p{L}\p{N}\ue000]/u.test(text)) return false;
  const numbered = readInlineNumbers(answer, line);
  if (numbered !== undefined) return add(numbered, line.to);
  if (line.only === 'numbers') return false;
  for (const kind of kinds) {
    if (!present[kind].test(text)) continue;
    const to = line.marked || line.from < chains.failed ? line.to : extend(masked, line, kind);
    let best: Entry[] | undefined;
    for (const from of listStarts(text, line.from)) {
      if (scored.test(masked.slice(Math.max(line.from, from - 40), from))) continue;
      const entries = walk(answer, from, to, kind);
      if (entries === undefined || !isChain(entries, kind, from === line.from)) continue;
      if (best === undefined || computeNet(entries) > computeNet(best)) best = entries;
    }
    if (best !== undefined) return add(best, to);
    if (to > line.to) chains.failed = to;
  }
  return false;

  function add(entries: Entry[], to: number): boolean {
    // Lines of two numbers in a row are the rows of a table without lines.
    const pair = entries.length === 2 && entries.every(({ bare }) => bare) && !text.includes('>');
    if (pair && chains.pairEnd > 0 && /^\s*$/.test(masked.slice(chains.pairEnd, line.from))) {
      if (chains.lists.at(-1)?.entries.length === 2) chains.lists.pop();
    } else chains.lists.push({ entries, at: line.from });
    chains.pairEnd = pair ? to : 0;
    chains.until = to;
    return true;
  }
}

/** The line's beginning, and what follows its labels: "Ranking: …", "my order is …", "排序为…". */
function listStarts(text: string, offset: number): number[] {
  const starts = [offset];
  const label = /[:：](?!\/)|\bis\b|\bwould be\b|为|是|\{(?=[ \t]*\d)/g;
  for (
    let match = label.exec(text.slice(0, 600));
    match !== null && starts.length < 7;
    match = label.exec(text.slice(0, 600))
  ) {
    starts.push(offset + match.index + match[0].length);
  }
  const bracket = text.search(/[[【]\d{1,3}[\]】]/);
  if (bracket > 0) starts.push(offset + bracket);
  return starts;
}

/** Chains go on where a line ends, or the next one begins, with their separator. */
function extend(text: string, { to }: Line, kind: SeparatorKind): number {
  const trailing = trailingSigns[kind];
  let end = to;
  if (trailing === undefined) return end;
  for (let lines = 0; lines < 200 && end < text.length; lines++) {
    const newline = text.indexOf('\n', end + 1);
    const lineEnd = newline < 0 ? text.length : newline;
    const following = text.slice(end + 1, Math.min(lineEnd, end + 80));
    if (text[end] !== '\n' || following.trim() === '') break;
    if (!trailing.test(text.slice(end - 12, end)) && !(kind === 'order' && /^[ \t]*[>→≻]/.test(following))) break;
    end = lineEnd;
  }
  return end;
}

const trailingSigns: Partial<Readonly<Record<SeparatorKind, RegExp>>> = {
  order: /[>→≻=][ \t]*$/,
  comma: /[,，、][ \t]*$/,
  semicolon: /[;；][ \t]*$/,
};

/** Reads entry after entry; undefined where too much of the line is no candidate. */
function walk(answer: Answer, from: number, to: number, kind: SeparatorKind): Entry[] | undefined {
  const separator = separators[kind];
  const entries: Entry[] = [];
  let foreign = 0;
  let empty = 0;
  let at = from;
  // Longer chains repeat themselves.
  const longest = 4 * answer.count + 64;
  while (at < to && entries.length < longest && empty < longest) {
    const element = readElement(answer, { from: at, to, kind, first: entries.length === 0 });
    if (element.entry !== undefined) {
      entries.push(element.entry);
      if (element.entry.title < 0 && element.entry.index < 0) {
        // Sentences begin like that, lists do not.
        if (kind !== 'order' && element.entry.text.split(' ').length > 5) return undefined;
        foreign++;
      }
      if (foreign * 2 > entries.length + 3) return undefined;
    } else if (++empty > entries.length + 3) return undefined;
    separator.lastIndex = element.end;
    at = separator.test(answer.masked) ? separator.lastIndex : to;
  }
  return entries;
}

interface Element {
  readonly from: number;
  readonly to: number;
  readonly kind: SeparatorKind;
  readonly first: boolean;
}

/** The longest title that ends at a separator, else whatever stands before the next one. */
function readElement(answer: Answer, { from, to, kind, first }: Element): { entry: Entry | undefined; end: number } {
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
      const inChain = at !== firstEnd && !/\p{L}/u.test(text) && !masked.slice(from, at).includes(mask);
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
  const entry = matchEntry(text.trim(), answer, { last });
  if (first && entry !== undefined && entry.title < 0 && entry.index < 0 && kind === 'order') {
    // "I would say A > B": the first title ends a sentence.
    const title = findLastTitle(text, answer);
    if (title !== undefined) return { entry: title, end: firstEnd };
  }
  return { entry, end: firstEnd };
}

function findLastTitle(text: string, answer: Answer): Entry | undefined {
  const from = Math.max(0, text.length - 130);
  for (let at = from; at < text.length; at++) {
    if (at > from && isWordUnit(text.charCodeAt(at - 1)) && text.charCodeAt(at - 1) < 0x2e80) continue;
    const entry = matchEntry(text.slice(at).trim(), answer, { fuzzy: false });
    if (entry !== undefined && (entry.bare || (entry.title >= 0 && entry.whole && !entry.approximate))) return entry;
  }
  return undefined;
}

function foreignEntry(text: string): Entry {
  return { text, title: -1, approximate: false, index: -1, bare: false, whole: false };
}

/** Entries that name candidates, less the others. */
function computeNet(entries: readonly Entry[]): number {
  return entries.reduce((net, { title, index }) => net + (title >= 0 || index >= 0 ? 1 : -1), 0);
}

const beginnings = new Set([...'[ \t\n->=→≻≥➜⇒➡＞;；|,，、'].map((sign) => sign.charCodeAt(0)));
function mayBegin(unit: number): boolean {
  return beginnings.has(unit);
}

function isChain(entries: readonly Entry[], kind: SeparatorKind, atStart: boolean): boolean {
  const named = entries.filter(({ title, index }) => title >= 0 || index >= 0);
  if (named.length < 2) return false;
  // "1,Title" and "3 | Title | 9" are rows.
  if (
    kind !== 'order' &&
    named.some((entry) => entry.bare && /^\d+$/.test(entry.text)) &&
    named.some((entry) => !entry.bare)
  )
    return false;
  const foreign = entries.filter(({ title, index }) => title < 0 && index < 0);
  const bare = entries.every((entry) => entry.bare);
  if (kind === 'order') return foreign.length <= named.length;
  if (kind === 'blank') return bare;
  if (kind === 'dash' && bare && entries.length === 2) return false;
  if (bare) return foreign.length * 2 <= named.length || atStart;
  // Sentences with commas are no lists: what is no title has to look like one, and the last one has to be one.
  if (entries.some((entry) => entry.title >= 0 && !entry.whole && kind !== 'semicolon')) return false;
  if (entries.at(-1)!.title < 0 && !entries.at(-1)!.bare)
    return kind === 'semicolon' && foreign.length * 2 <= named.length;
  return (
    foreign.length * 2 <= named.length &&
    foreign.every(({ text }) => /^\W*[\p{Lu}\p{N}\p{Lo}]/u.test(text) && text.length <= 80)
  );
}

const second = /\D2[ \t]*[.)）、:：．]|②/;
const inline = /(?:^|[\s,;，；、。.])[(（]?(\d{1,3})[ \t]*[.)）、:：．](?!\d)[ \t]*|([①-⑳])[ \t]*/g;

/** `1) A 2) B 3) C` or `①A②B` on one line: numbers from 1, each followed by an entry. */
function readInlineNumbers(answer: Answer, { from, to }: Line): Entry[] | undefined {
  const { body, masked } = answer;
  const start = masked.lastIndexOf('\n', from - 1) + 1;
  const line = masked.slice(start, to);
  if (!second.test(line)) return undefined;
  const spans: { from: number; to: number }[] = [];
  for (const match of line.matchAll(inline)) {
    const number = match[2] === undefined ? Number(match[1]) : match[2].charCodeAt(0) - 0x245f;
    if (number !== spans.length + 1) continue;
    const last = spans.at(-1);
    if (last !== undefined) last.to = start + match.index;
    spans.push({ from: start + match.index + match[0].length, to });
  }
  if (spans.length < 2) return undefined;
  const entries: Entry[] = [];
  for (const span of spans.slice(0, 4 * answer.count + 64)) {
    answer.budget.entries--;
    const text = body.slice(span.from, span.to).replace(/[\s,;，；、]+$/u, '');
    const entry = matchEntry(text.trim(), answer);
    if (entry !== undefined) entries.push(entry);
  }
  const named = entries.filter(({ title, index }) => title >= 0 || index >= 0).length;
  return named >= 2 && named * 2 >= entries.length ? entries : undefined;
}
