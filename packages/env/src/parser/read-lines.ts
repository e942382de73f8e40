import type { Answer, Entry, List } from './answer.ts';
import { mask } from './clean-answer.ts';
import { isBlank, isListLike, isNumberChain, isTitleLike, type Span, trimSpan } from './line-shapes.ts';
import { matchEntry } from './match-entry.ts';
import { goesOn, isConstant, isCountdown, type OpenList } from './open-list.ts';
import { type Chains, readChain } from './read-chains.ts';
import { readIndexChain } from './read-index-chain.ts';
import { type Marker, next, readMarker } from './read-marker.ts';

/**
 * Lists of marked lines (numbers, bullets), of lines that are nothing but a title or a number, and chains on one line.
 * Numbered lists go on after explanations as long as their numbers rise; bullets below a numbered line belong to it.
 * `taken` are the parts of the answer that were read otherwise, in order.
 */
export function readLines(answer: Answer, taken: readonly Span[]): List[] {
  const { body, masked, count } = answer;
  const lists: OpenList[] = [];
  const chains: Chains = { lists: [], until: 0, failed: 0, pairEnd: 0 };
  let numbered: OpenList | undefined;
  let bullets: OpenList | undefined;
  let bare: OpenList | undefined;
  /** The number of a line with nothing else, and lines that may belong to the bare list around them. */
  let lonely:
    | { readonly number: number; readonly from: number; readonly to: number; readonly indent: number }
    | undefined;
  let pending: Span[] = [];
  let blank = true;
  /** The indent of numbered lines inside an entry's explanation; -1 outside of one. */
  let nested = -1;
  let part = 0;
  let start = 0;
  for (let end = 0; start <= masked.length && answer.budget.entries > 0; start = end + 1) {
    end = masked.indexOf('\n', start);
    if (end < 0) end = masked.length;
    while (part < taken.length && taken[part]![1] <= start) part++;
    if (part < taken.length && taken[part]![0] < end) {
      bullets = bare = lonely = undefined;
      pending = [];
      continue;
    }
    if (isBlank(masked, start, end)) {
      blank = true;
      pending = [];
      continue;
    }
    const marker = readMarker(masked, start, end);
    const content = trimSpan(masked, marker.from, end);
    if (marker.kind === 'number' && nested >= 0 && marker.indent >= nested) continue;
    nested = -1;
    if (marker.kind === 'number' && masked[start] !== '#' && isNested(marker)) {
      nested = marker.indent;
      continue;
    }
    if (marker.kind === 'number' && (isNumberChain(masked, start, content) || isRemark(marker, content))) {
      addPlain(marker.indent, trimSpan(masked, start, end));
      blank = false;
      continue;
    }
    if (
      marker.kind === 'number' &&
      content[0] < content[1] &&
      !marker.weak &&
      !answer.titles.leading.has(marker.number)
    )
      addNumbered(marker, content);
    else if (marker.kind === 'number' && content[0] < content[1] && isMarked(marker, content))
      addNumbered(marker, content);
    else if (
      marker.kind === 'number' &&
      content[0] >= content[1] &&
      !/^[\d[(（【]*\d[\])）】]*\s*$/.test(masked.slice(start, end).trim())
    ) {
      lonely = { number: marker.number, from: start, to: end, indent: marker.indent };
      bullets = bare = undefined;
    } else if (marker.bulleted) addBullet(marker, trimSpan(masked, marker.before, end));
    else addPlain(marker.indent, trimSpan(masked, start, end));
    blank = false;
  }
  for (const { entries, numbers } of lists) if (isCountdown(entries, numbers, answer)) entries.reverse();
  return [...lists.map(({ entries, at }) => ({ entries, at, prose: false })), ...chains.lists]
    .filter(({ entries }) => entries.length >= Math.min(2, count))
    .map((list) => ({ ...list, json: false }));

  /** Whether a number with which a title may begin is a marker here. */
  function isMarked(marker: Marker, content: Span): boolean {
    const [from, to] = trimSpan(masked, marker.before, content[1]);
    const whole = matchEntry(body.slice(from, to), answer, { fuzzy: false });
    if (whole?.whole && whole.title >= 0 && !whole.bare && !whole.approximate) return false;
    const entry = matchEntry(body.slice(content[0], content[1]), answer, { fuzzy: false });
    // "300: Rise of an Empire" where "300" is a candidate.
    if (!marker.weak) return whole?.longer === undefined || (entry !== undefined && entry.title >= 0);
    const last = numbered?.numbers.at(-1) ?? 0;
    if (marker.number !== last + 1) return false;
    return entry !== undefined && (entry.title >= 0 || (entry.index >= 0 && /[[#]/.test(body[content[0]]!)));
  }

  /** "No. 3 in my view", "Top 10 of its year": words that are no marker, as no candidate follows. */
  function isRemark({ before }: Marker, [from, to]: Span): boolean {
    if (!/^[a-z]/i.test(masked.slice(before, before + 1)) || !/^\p{Ll}/u.test(masked.slice(from, from + 2)))
      return false;
    const entry = match(from, to);
    return entry === undefined || (entry.title < 0 && entry.index < 0);
  }

  /** Whether a number opens a list inside the explanation of the entry above it. */
  function isNested({ indent, number }: Marker): boolean {
    if (numbered === undefined || indent <= numbered.indent || number === numbered.numbers.at(-1)! + 1) return false;
    const last = numbered.entries.at(-1);
    return (
      number === 1 && last !== undefined && last.title >= 0 && (!isConstant(numbered) || indent >= numbered.indent + 2)
    );
  }

  function addNumbered(marker: Marker, content: Span): void {
    bullets = bare = lonely = undefined;
    pending = [];
    pushNumbered(marker.number, marker.indent, content);
  }

  function pushNumbered(stated: number, indent: number, [from, to]: Span): void {
    const entry = match(from, to);
    const last = numbered?.numbers.at(-1);
    const number = stated === next ? (last ?? 0) + 1 : stated;
    if (
      numbered !== undefined &&
      number > last! &&
      isConstant(numbered) &&
      numbered.numbers.length > 1 &&
      number === last! + 1
    ) {
      // "1. A" and then "1. B", "2. C": the second one began anew.
      const moved = numbered.entries.pop()!;
      numbered.numbers.pop();
      numbered = open(from, indent);
      numbered.entries.push(moved);
      numbered.numbers.push(last!);
    } else if (numbered === undefined || !goesOn(numbered, number, entry, answer)) numbered = open(from, indent);
    if (entry === undefined) numbered.numbers[numbered.entries.length] = number;
    else {
      numbered.numbers[numbered.entries.length] = number;
      numbered.entries.push(entry);
    }
    if (entry === undefined || !entry.whole || entry.title < 0)
      tryChain(from, to, entry !== undefined && entry.title >= 0 ? 'numbers' : 'any');
  }

  function addBullet(marker: Marker, content: Span): void {
    pending = [];
    bare = lonely = undefined;
    if (content[0] >= content[1]) return;
    if (numbered !== undefined && marker.indent > numbered.indent && numbered.entries.length > 0) return;
    if (bullets !== undefined && marker.indent > bullets.indent) {
      // Explanations are indented, but a line that is a title and nothing else is none.
      const nested = match(content[0], content[1], false);
      const named = bullets.entries.some(({ title }) => title === nested?.title);
      if (nested?.whole && nested.title >= 0 && !nested.approximate && !named) bullets.entries.push(nested);
      return;
    }
    if (bullets === undefined || marker.indent < bullets.indent) bullets = open(content[0], marker.indent);
    const entry = match(content[0], content[1]);
    if (entry !== undefined) bullets.entries.push(entry);
    if (entry === undefined || entry.title < 0) tryChain(content[0], content[1], 'any');
  }

  function addPlain(indent: number, [from, to]: Span): void {
    if (from < chains.until) return;
    const indices = readIndexChain(answer, { from, to });
    if (indices !== undefined) {
      chains.lists.push({ entries: indices, at: from, prose: false });
      chains.until = to;
      chains.pairEnd = 0;
      bare = bullets = lonely = undefined;
      pending = [];
      return;
    }
    if (lonely !== undefined) {
      const { number, indent: outer } = lonely;
      lonely = undefined;
      const entry = match(from, to, false);
      if (entry !== undefined && entry.title >= 0) {
        pushNumbered(number, outer, [from, to]);
        return;
      }
    }
    const entry = to - from > 300 ? undefined : matchPlain(from, to);
    if (entry?.bare && /^\d+$/.test(entry.text) && isRankOfNextLine(Number(entry.text), to)) {
      lonely = { number: Number(entry.text), from, to, indent };
      bullets = bare = undefined;
      pending = [];
      return;
    }
    const named = entry?.whole && (entry.title >= 0 || entry.bare) && !entry.approximate;
    if (!named && readChain(answer, { from, to, marked: false, only: 'any' }, chains)) {
      bare = bullets = undefined;
      pending = [];
      return;
    }
    if (entry === undefined) {
      addProse(indent, from, to);
      return;
    }
    if (masked[from] === mask && numbered !== undefined && !blank && bare === undefined && numbered.explained === 0) {
      // A title that brings its own marker, in a numbered list.
      const named = numbered.entries.some(({ title }) => title === entry.title);
      if (!named && masked.charCodeAt(from - 1) === 10 && /^[^a-z]{0,3}\d/i.test(body.slice(from, from + 4))) {
        numbered.numbers[numbered.entries.length] = (numbered.numbers.at(-1) ?? 0) + 1;
        numbered.entries.push(entry);
        return;
      }
    }
    bullets = undefined;
    bare ??= open(from, indent);
    for (const [first, last] of pending) {
      const between = match(first, last);
      if (between !== undefined) bare.entries.push(between);
    }
    pending = [];
    bare.entries.push(entry);
  }

  /** A number alone on its line, the next rank, above a line that is more than a number. */
  function isRankOfNextLine(number: number, to: number): boolean {
    if (number !== (numbered?.numbers.at(-1) ?? 0) + 1 && number !== 1) return false;
    const following = /^\s*(\S[^\n]*)/.exec(body.slice(to, to + 300));
    return following !== null && !/^\W*\d{1,4}\W*$/.test(following[1]!);
  }

  /** A line without a marker that is an entry all the same: a title, a number, or either with its explanation. */
  function matchPlain(from: number, to: number): Entry | undefined {
    const text = body.slice(from, to);
    const entry = matchEntry(text, answer, {
      fuzzy: bare !== undefined && !blank,
      last: answer.cut && to === body.length,
    });
    if (entry === undefined) return undefined;
    if (entry.bare) return entry;
    if (entry.index !== -1 && /^\W{0,3}(?:[[【#]|candidate|item|option|候选|编号|选项)/iu.test(text)) return entry;
    if (/^\W{0,3}[[【]\d{1,3}[\]】]/u.test(text)) return entry;
    if (entry.title < 0) return undefined;
    // "Others:" is a heading, even beside "The Others".
    if (entry.approximate && /[:：]\W*$/u.test(text)) return undefined;
    return entry.whole || (!entry.approximate && isListLike(text, bare !== undefined)) ? entry : undefined;
  }

  function addProse(indent: number, from: number, to: number): void {
    if (bullets !== undefined && indent > bullets.indent) return;
    const title = bare === undefined || blank || to - from > 80 ? false : isTitleLike(body.slice(from, to));
    if (title && pending.length < 3) {
      pending.push([from, to]);
      return;
    }
    pending = [];
    const heading = /^#|[:：]\W*$/u.test(
      masked.slice(from, Math.min(to, from + 2)) + masked.slice(Math.max(from, to - 3), to),
    );
    bullets = heading ? undefined : explain(bullets);
    bare = heading ? undefined : explain(bare);
    if (numbered !== undefined) numbered.explained = numbered.entries.length;
  }

  function match(from: number, to: number, fuzzy = true): Entry | undefined {
    answer.budget.entries--;
    return matchEntry(body.slice(from, to), answer, { fuzzy, last: answer.cut && to >= body.trimEnd().length });
  }

  function tryChain(from: number, to: number, only: 'any' | 'numbers'): void {
    readChain(answer, { from, to, marked: true, only }, chains);
  }

  function open(at: number, indent: number): OpenList {
    const list: OpenList = { entries: [], numbers: [], at, indent, explained: 0 };
    lists.push(list);
    return list;
  }
}

/** An unnumbered list goes on after prose only if each of its entries had some. */
function explain(list: OpenList | undefined): OpenList | undefined {
  if (list === undefined || list.explained < list.entries.length - 1) return undefined;
  list.explained = list.entries.length;
  return list;
}
