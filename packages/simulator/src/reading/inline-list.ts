/** A list written in the run of a line. */
export interface InlineList {
  /** What stands in front of it. */
  readonly heading: string;
  readonly entries: readonly { readonly label: string | undefined; readonly text: string }[];
  /** What follows. */
  readonly rest: string;
}

const bookMarks = /《([^《》]{1,200})》/g;
const quoted = /["“]([^"“”]{1,200})["”]/g;
const label = /^(?:\[(\w{1,3})\]|\(?(\d{1,3})[.):、])\s*/;
const separator = /[,、;；，|]\s*(?:and |or |和)?|\s(?:->|→|>|›|\/)\s/;
/** Where titles may begin. */
const colonMark = /[:：]/;
const seenVerb = /\b(?:seen|watched|viewed|enjoyed|liked|loved|played|bought|read|rated)(?= )/;
/** What may stand between marked titles of one list. */
const between = /^\s*(?:\([^()]{0,40}\)|（[^（）]{0,40}）)?\s*[,，、;；/|>→&]?\s*(?:and|or|和|与|以及|还有|及|或)?\s*$/;
const sentenceEnd = /[.。!！?？]\s|[.。?？]$/;
/** No title goes on like that; "Dr. Strange" does. */
const nextSentence = /[\p{Ll}\d)]{3}[.!?] \p{Lu}/u;
const maximumLine = 20_000;
const maximumJoined = 4;
const maximumBetween = 60;
/** No two titles have more of them. */
const maximumAnds = 8;

/**
 * Reads the first titles listed within a line: in book or quotation marks next to each other, or by commas, semicolons, arrows
 * or slashes after a colon or a verb, such as `Candidates: A, B and C` or `I watched A and B.` At least two of them, and half,
 * must be titles that `isKnown`; undefined where there is no such list.
 */
export function readInlineList(line: string, isKnown: (title: string) => boolean): InlineList | undefined {
  if (line.length > maximumLine) return undefined;
  const marked = readMarked(line, isKnown);
  if (marked === undefined) return readSeparated(line, isKnown);
  const earlier = readSeparated(marked.heading, isKnown);
  return earlier === undefined ? marked : { ...earlier, rest: earlier.rest + line.slice(marked.heading.length) };
}

/** 《A》、《B》 or "A", "B". */
function readMarked(line: string, isKnown: (title: string) => boolean): InlineList | undefined {
  for (const [sign, pattern] of [
    ['《', bookMarks],
    ['"', quoted],
    ['“', quoted],
  ] as const) {
    if (!line.includes(sign)) continue;
    for (const group of groupMatches(line, [...line.matchAll(pattern)])) {
      const found = group.slice(0, group.findLastIndex(([, title]) => isKnown(title!)) + 1);
      const titles = found.map(([, title]) => title!);
      if (!areTitles(titles, isKnown)) continue;
      const last = found.at(-1)!;
      return {
        heading: line.slice(0, found[0]!.index),
        entries: titles.map((text) => ({ label: undefined, text })),
        rest: line.slice(last.index + last[0].length),
      };
    }
  }
  return undefined;
}

/** Titles with more than a comma or an "and" between them belong to different lists. */
function groupMatches(line: string, matches: readonly RegExpExecArray[]): readonly RegExpExecArray[][] {
  const groups: RegExpExecArray[][] = [];
  let end = 0;
  for (const match of matches) {
    const group = groups.at(-1);
    const joins = match.index - end <= maximumBetween && between.test(line.slice(end, match.index));
    if (group !== undefined && joins) group.push(match);
    else groups.push([match]);
    end = match.index + match[0].length;
  }
  return groups;
}

function readSeparated(line: string, isKnown: (title: string) => boolean): InlineList | undefined {
  const colon = line.search(colonMark);
  const verb = seenVerb.exec(line);
  const afterVerb = verb === null ? -1 : verb.index + verb[0].length;
  const afterColon = colon < 0 ? undefined : readAfter(line, colon + 1, isKnown);
  // A colon that comes first may be a title's own.
  if (afterVerb < 0 || (afterColon !== undefined && colon < afterVerb)) return afterColon;
  return readAfter(line, afterVerb, isKnown) ?? afterColon;
}

function readAfter(line: string, start: number, isKnown: (title: string) => boolean): InlineList | undefined {
  const pieces = line.slice(start).trim().split(separator);
  const entries: { label: string | undefined; text: string }[] = [];
  let rest = '';
  let known = 0;
  for (let index = 0; index < pieces.length; index++) {
    // Some titles begin as a label does.
    const marked = isKnown(pieces[index]!.trim()) ? null : label.exec(pieces[index]!);
    const text = pieces[index]!.slice(marked?.[0].length ?? 0).trim();
    const found = findTitles(text, pieces, index, isKnown);
    if (found === undefined) {
      if ((known === 0 && index > 0) || nextSentence.test(text)) return undefined;
      entries.push({ label: marked?.[1] ?? marked?.[2], text });
      continue;
    }
    for (const title of found.titles) entries.push({ label: marked?.[1] ?? marked?.[2], text: title });
    known += found.titles.length;
    if (found.rest !== undefined) {
      rest = [found.rest, ...pieces.slice(found.last + 1)].join(', ');
      break;
    }
    index = found.last;
  }
  if (known < 2 || 2 * known < entries.length) return undefined;
  return { heading: line.slice(0, start), entries, rest };
}

interface FoundTitles {
  readonly titles: readonly string[];
  /** The last piece that they take. */
  readonly last: number;
  /** What follows them where a sentence ends. */
  readonly rest: string | undefined;
}

/** A title may hold commas itself; the last two are joined by "and", and a sentence may end behind them. */
function findTitles(
  text: string,
  pieces: readonly string[],
  index: number,
  isKnown: (title: string) => boolean,
): FoundTitles | undefined {
  let joined = text;
  for (let last = index; last < Math.min(pieces.length, index + maximumJoined); last++) {
    if (last > index) joined += `, ${pieces[last]!.trim()}`;
    const end = joined.search(sentenceEnd);
    const cuts: (readonly [whole: string, rest: string | undefined])[] = [[joined, undefined]];
    if (end >= 0) cuts.push([joined.slice(0, end), joined.slice(end + 1)]);
    for (const [whole, rest] of cuts) {
      const titles = isKnown(whole) ? [whole] : splitPair(whole, isKnown);
      if (titles !== undefined) return { titles, last, rest };
    }
  }
  return undefined;
}

/** "A and B" where both are titles; either may have an "and" of its own. */
function splitPair(text: string, isKnown: (title: string) => boolean): readonly string[] | undefined {
  let left = '';
  const parts = text.split(' and ', maximumAnds);
  for (const [index, part] of parts.entries()) {
    left = index === 0 ? part : `${left} and ${part}`;
    const right = text.slice(left.length + ' and '.length).trim();
    if (right !== '' && isKnown(left.trim()) && isKnown(right)) return [left.trim(), right];
  }
  return undefined;
}

function areTitles(titles: readonly string[], isKnown: (title: string) => boolean): boolean {
  const known = titles.filter(isKnown).length;
  return known >= 2 && 2 * known >= titles.length;
}
