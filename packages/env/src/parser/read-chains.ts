import type { Answer, Entry } from './answer.ts';
import { listChainParts } from './chain-parts.ts';
import { kinds, present, type SeparatorKind, separators } from './chain-separators.ts';
import { readElement } from './read-chain-element.ts';
import { readInlineNumbers } from './read-inline-numbers.ts';

/** The chains found so far. */
export interface Chains {
  readonly lists: { readonly entries: Entry[]; readonly at: number; readonly prose: boolean }[];
  /** Up to where the last chain reached, which may have gone on over lines. */
  until: number;
  /** Up to where lines that go on were tried in vain. */
  failed: number;
  /** The end of the last line that held two bare numbers and nothing else. */
  pairEnd: number;
}

/** What a line holds if it is a chain, or numbered entries on one line. */
const anySign =
  /\]\[|[>→≻≥➜⇒➡;；|,，、]|[ \t][-–—][ \t]|\d[\])]?[ \t]+[[(]?\d|\D[ \t]*[(（]?\d{1,3}[ \t]*[.)）:：]|[①-⑳]/;
/** Words before numbers that are no ranks. */
export const scored: RegExp = /scor|rating|rated|confiden|probab|year|分数|评分|得分|年份/i;

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
  if (numbered !== undefined) return add(numbered, line.to, false);
  if (line.only === 'numbers') return false;
  const several = readParts(answer, line, chains);
  if (several !== undefined) {
    chains.lists.push(...several);
    chains.pairEnd = 0;
    chains.until = several.at(-1)!.to;
    return true;
  }
  const found = findChain(answer, line, chains);
  return found !== undefined && add(found.entries, found.to, found.prose);

  function add(entries: Entry[], to: number, prose: boolean): boolean {
    // Lines of two numbers in a row are the rows of a table without lines.
    const pair = entries.length === 2 && entries.every(({ bare }) => bare) && !text.includes('>');
    if (pair && chains.pairEnd > 0 && /^\s*$/.test(masked.slice(chains.pairEnd, line.from))) {
      if (chains.lists.at(-1)?.entries.length === 2) chains.lists.pop();
    } else chains.lists.push({ entries, at: line.from, prose });
    chains.pairEnd = pair ? to : 0;
    chains.until = to;
    return true;
  }
}

interface FoundChain {
  readonly entries: Entry[];
  readonly at: number;
  readonly to: number;
  readonly prose: boolean;
}

/** The chains of a line that ranks candidates more than once; undefined where it does not. */
function readParts(answer: Answer, line: Line, chains: Chains): FoundChain[] | undefined {
  const parts = listChainParts(answer.masked.slice(line.from, line.to), line.from);
  if (parts.length < 2 || parts.length > answer.budget.parts) return undefined;
  answer.budget.parts -= parts.length;
  const found: FoundChain[] = [];
  const named = new Set<number>();
  let again = false;
  for (const { span, label } of parts) {
    const [from, to] = span;
    if (scored.test(label)) continue;
    const chain = findChain(answer, { from, to, marked: line.marked || to < line.to, only: 'any' }, chains);
    if (chain === undefined) continue;
    found.push(chain);
    const own = chain.entries.map(({ title, index }) => (title >= 0 ? title : index)).filter((one) => one >= 0);
    again ||= own.some((candidate) => named.has(candidate));
    for (const candidate of own) named.add(candidate);
  }
  return again ? found : undefined;
}

/** The chain that names most, with the first kind of separator that makes one. */
function findChain(answer: Answer, line: Line, chains: Chains): FoundChain | undefined {
  const { masked } = answer;
  const text = masked.slice(line.from, line.to);
  for (const kind of kinds) {
    if (!present[kind].test(text)) continue;
    const to = line.marked || line.from < chains.failed ? line.to : extend(masked, line, kind);
    let best: Entry[] | undefined;
    let prose = false;
    for (const { from, labelled } of listStarts(text, line.from)) {
      if (scored.test(masked.slice(Math.max(line.from, from - 40), from))) continue;
      const walked = walk(answer, from, to, kind);
      if (walked === undefined || !isChain(walked.entries, kind, from === line.from)) continue;
      if (walked.entries.every(({ bare }) => bare) && scored.test(/^\D{0,60}/.exec(masked.slice(from, to))![0]))
        continue;
      const inProse = !labelled || walked.prose || isInSentence(walked.entries, masked.slice(from, to));
      const more = best === undefined ? 1 : computeNet(walked.entries) - computeNet(best);
      if (more > 0) [best, prose] = [walked.entries, inProse];
      else if (more === 0) prose ||= inProse;
    }
    if (best !== undefined) return { entries: best, at: line.from, to, prose };
    if (to > line.to) chains.failed = to;
  }
  return undefined;
}

/** "so I say [4] > [2] for now": words in front of the first number, and no titles. */
function isInSentence(entries: readonly Entry[], text: string): boolean {
  return !entries[0]!.bare && /^[^\p{L}\p{N}]*\p{L}/u.test(text) && entries.every(({ title }) => title < 0);
}

interface ListStart {
  readonly from: number;
  /** False for a number in brackets somewhere in a sentence. */
  readonly labelled: boolean;
}

const label = /[:：](?!\/)|\bis\b|\bwould be\b|为|是|\{(?=[ \t]*\d)/g;
const maximumStarts = 7;

/** The line's beginning, what follows its labels ("Ranking: …", "my order is …", "排序为…"), and its first `[n]`. */
function listStarts(text: string, offset: number): ListStart[] {
  const starts = [{ from: offset, labelled: true }];
  for (const { index, 0: match } of text.slice(0, 600).matchAll(label)) {
    if (starts.length === maximumStarts) break;
    starts.push({ from: offset + index + match.length, labelled: true });
  }
  const bracket = text.search(/[[【]\d{1,3}[\]】]/);
  if (bracket > 0) starts.push({ from: offset + bracket, labelled: false });
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

/** Reads entry after entry; undefined where too much of the line is no candidate. `prose`: the first one ends a sentence. */
function walk(
  answer: Answer,
  from: number,
  to: number,
  kind: SeparatorKind,
): { readonly entries: Entry[]; readonly prose: boolean } | undefined {
  const separator = separators[kind];
  const entries: Entry[] = [];
  let prose = false;
  let foreign = 0;
  let empty = 0;
  let at = from;
  // Longer chains repeat themselves.
  const longest = 4 * answer.count + 64;
  while (at < to && entries.length < longest && empty < longest) {
    const element = readElement(answer, { from: at, to, kind, first: entries.length === 0 });
    prose ||= element.prose === true;
    if (element.entry !== undefined) {
      entries.push(element.entry);
      if (element.entry.title < 0 && element.entry.index < 0) {
        // Sentences begin like that, lists do not.
        const sentence = kind !== 'order' && (kind !== 'semicolon' || entries.length === 1);
        if (sentence && element.entry.text.split(' ').length > 5) return undefined;
        foreign++;
      }
      if (foreign * 2 > entries.length + 3) return undefined;
    } else if (++empty > entries.length + 3) return undefined;
    separator.lastIndex = element.end;
    at = separator.test(answer.masked) ? separator.lastIndex : to;
  }
  return { entries, prose };
}

/** Entries that name candidates, less the others. */
function computeNet(entries: readonly Entry[]): number {
  return entries.reduce((net, { title, index }) => net + (title >= 0 || index >= 0 ? 1 : -1), 0);
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
  // "1 - 3" is a range, "Artist - Album, like Artist - Album" holds short titles.
  if (kind === 'dash' && ((bare && entries.length === 2) || entries.some(({ approximate }) => approximate)))
    return false;
  if (bare) return foreign.length * 2 <= named.length || atStart;
  // Sentences with commas are no lists: what is no title has to look like one, and the last one has to be one.
  if (entries.some((entry) => entry.title >= 0 && !entry.whole && kind !== 'semicolon')) return false;
  if (kind === 'semicolon' && foreign.length < named.length) return true;
  if (entries.at(-1)!.title < 0 && !entries.at(-1)!.bare) return false;
  return (
    foreign.length * 2 <= named.length &&
    foreign.every(({ text }) => /^\W*[\p{Lu}\p{N}\p{Lo}]/u.test(text) && text.length <= 80)
  );
}
