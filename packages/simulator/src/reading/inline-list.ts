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
const separator = /[,、;；，|]\s*(?:and |or |和)?/;
const sentenceEnd = /[.。!！]\s|[.。]$/;
const maximumLine = 20_000;
const maximumJoined = 4;

/**
 * Reads titles listed within a line: a JSON array, titles in book or quotation marks, or titles by commas after a colon, such
 * as `I watched: A, B and C`. At least two of them, and half, must be titles that `isKnown`; undefined where there is no such list.
 */
export function readInlineList(line: string, isKnown: (title: string) => boolean): InlineList | undefined {
  if (line.length > maximumLine) return undefined;
  const marked = readArray(line, isKnown) ?? readMarked(line, isKnown);
  if (marked === undefined) return readSeparated(line, isKnown);
  const earlier = readSeparated(marked.heading, isKnown);
  return earlier === undefined ? marked : { ...earlier, rest: earlier.rest + line.slice(marked.heading.length) };
}

function readArray(line: string, isKnown: (title: string) => boolean): InlineList | undefined {
  const start = line.indexOf('["');
  const end = line.indexOf('"]', start);
  if (start < 0 || end < 0) return undefined;
  let values: unknown;
  try {
    values = JSON.parse(line.slice(start, end + 2));
  } catch {
    return undefined;
  }
  if (!Array.isArray(values)) return undefined;
  const titles = values.filter((value) => typeof value === 'string');
  if (!areTitles(titles, isKnown)) return undefined;
  return {
    heading: line.slice(0, start),
    entries: titles.map((text) => ({ label: undefined, text })),
    rest: line.slice(end + 2),
  };
}

/** 《A》、《B》 or "A", "B". */
function readMarked(line: string, isKnown: (title: string) => boolean): InlineList | undefined {
  for (const [sign, pattern] of [
    ['《', bookMarks],
    ['"', quoted],
    ['“', quoted],
  ] as const) {
    if (!line.includes(sign)) continue;
    const all = [...line.matchAll(pattern)];
    const found = all.slice(0, all.findLastIndex(([, title]) => isKnown(title!)) + 1);
    const titles = found.map(([, title]) => title!);
    if (!areTitles(titles, isKnown)) continue;
    const last = found.at(-1)!;
    return {
      heading: line.slice(0, found[0]!.index),
      entries: titles.map((text) => ({ label: undefined, text })),
      rest: line.slice(last.index + last[0].length),
    };
  }
  return undefined;
}

function readSeparated(line: string, isKnown: (title: string) => boolean): InlineList | undefined {
  const colon = line.search(/[:：]/);
  if (colon < 0) return undefined;
  const pieces = line
    .slice(colon + 1)
    .trim()
    .split(separator);
  const entries: { label: string | undefined; text: string }[] = [];
  let rest = '';
  let known = 0;
  for (let index = 0; index < pieces.length; index++) {
    const marked = label.exec(pieces[index]!);
    const text = pieces[index]!.slice(marked?.[0].length ?? 0).trim();
    const found = findTitles(text, pieces, index, isKnown);
    if (found === undefined) {
      if (known === 0 && index > 0) return undefined;
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
  return { heading: line.slice(0, colon + 1), entries, rest };
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
      const and = whole.lastIndexOf(' and ');
      const pair = [whole.slice(0, Math.max(0, and)).trim(), whole.slice(and + 5).trim()];
      const titles = isKnown(whole) ? [whole] : and > 0 && pair.every(isKnown) ? pair : undefined;
      if (titles !== undefined) return { titles, last, rest };
    }
  }
  return undefined;
}

function areTitles(titles: readonly string[], isKnown: (title: string) => boolean): boolean {
  const known = titles.filter(isKnown).length;
  return known >= 2 && 2 * known >= titles.length;
}
