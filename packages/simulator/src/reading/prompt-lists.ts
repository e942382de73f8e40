import { readInlineList } from './inline-list.ts';
import { findJsonData } from './json-data.ts';
import { announcesTitles } from './list-headings.ts';
import { readMarkdownTable } from './markdown-table.ts';
import type { PromptList } from './prompt-list.ts';
import { readTitleLines } from './title-lines.ts';

/**
 * `[1] A`, `[B] A`, `1. A`, `1) A`, `(1) A`, `1、A`, `1．A`, `A. …`, `(A) …`, `C1: …`, `Movie 1: …`, `#1 …`,
 * `**1.** …`, `- A`.
 */
const listEntry =
  /^\s*(?:\[(\w{1,3})\]\s*|【(\d{1,3})】\s*|[(（]?(\d{1,3})(?:[.)）:]\s+|[.)](?=[^\s\d.])|[、．）]\s*)|([A-Z])[.)]\s+|\(([A-Z])\)\s+|([A-Z]\d{1,3})[.):]\s+|#(\d{1,3})[.):]?\s+|\*\*(\d{1,3})[.)]\*\*\s+|(?:[Cc]andidate|[Ii]tem|[Oo]ption|[Mm]ovie|[Ff]ilm|[Tt]itle|[Bb]ook|[Gg]ame|[Ss]ong|[Pp]roduct|候选|选项|电影)\s?#?(\d{1,3})[.):：]\s*|[-*•·]\s+)(.*\S)\s*$/;
const entryText = 10;
/** These head what follows after a blank line, too. */
const headingLine = /[:：]$|^#{1,6} |^\*\*.*\*\*$|^<[^/].*>$|】$/;
const lastSentence = /[.!?。！？]\s*(?=\S)/g;
const jsonHint = /[[{]\s{0,99}["'{[]/;
const closingTag = /^<\/[\p{L}_][\p{L}\w-]{0,40}>$/u;
const taggedLine = /^<([\p{L}_][\p{L}\w-]{0,40})>(.*)<\/\1>$/u;
const maximumEntry = 2000;
const maximumInlineLists = 4;

/** The lists of a text and the sentences between them, in their order. */
export function readPromptLists(text: string, isKnown: (title: string) => boolean): (string | PromptList)[] {
  const plain = text.includes('\r') ? text.replaceAll('\r\n', '\n') : text;
  if (!jsonHint.test(plain)) return readLines(plain, isKnown);
  const parts: (string | PromptList)[] = [];
  let past = 0;
  for (const { start, end, lists, sentences } of findJsonData(
    plain,
    isKnown,
    (before) => takeHeading(before).heading,
  )) {
    const { before, heading } = takeHeading(plain.slice(past, start));
    // A list without a name of its own takes the heading; where all have names, the words before are no heading.
    const unnamed = lists.some((list) => list.heading === '');
    parts.push(...readLines(unnamed ? before : plain.slice(past, start), isKnown));
    parts.push(...lists.map((list) => (list.heading === '' ? { ...list, heading } : list)), ...sentences);
    past = end;
  }
  parts.push(...readLines(plain.slice(past), isKnown));
  return parts;
}

function readLines(text: string, isKnown: (title: string) => boolean): (string | PromptList)[] {
  const parts: (string | PromptList)[] = [];
  let list: PromptList | undefined;
  let heading = '';
  let interrupted = false;
  const flush = (): void => {
    if (heading !== '') parts.push(heading);
    heading = '';
  };
  const open = (found: Omit<PromptList, 'heading'>, name = ''): PromptList => {
    const [before, own] = splitHeading(heading);
    if (before !== '') parts.push(before);
    heading = '';
    const opened = { ...found, heading: name === '' ? own : name };
    parts.push(opened);
    return opened;
  };
  const lines = text.split('\n');
  for (let place = 0; place < lines.length; place++) {
    const line = lines[place]!;
    const match = line.length > maximumEntry ? null : listEntry.exec(line);
    // A list does not begin with a title such as [REC], which looks like an entry.
    if (match !== null && (list !== undefined || !isKnown(line.trim()))) {
      const label = match.slice(1, entryText).find((found) => found !== undefined);
      if (list === undefined || (interrupted && !goesOn(list, label))) {
        list = open({ bracketed: match[1] !== undefined || match[2] !== undefined, labels: [], entries: [] });
      }
      interrupted = false;
      list.labels.push(label ?? String(list.labels.length + 1));
      list.entries.push(match[entryText]!);
      continue;
    }
    const trimmed = line.trim();
    // A blank line may stand between a heading and its list, and between entries.
    if (trimmed === '') {
      interrupted = true;
      if (!headingLine.test(heading)) flush();
      continue;
    }
    list = undefined;
    interrupted = false;
    if (closingTag.test(trimmed)) {
      flush();
      continue;
    }
    const block = trimmed.startsWith('|')
      ? readMarkdownTable(lines, place, isKnown)
      : readTitleLines(lines, place, { isKnown, isEntry });
    if (block !== undefined) {
      // What stands in front of a table says more than the name of a column.
      const named = block.heading !== '' && (heading === '' || !announcesTitles(heading));
      if (named) flush();
      open({ bracketed: false, labels: block.labels, entries: block.entries }, named ? block.heading : '');
      place += block.lines - 1;
      continue;
    }
    flush();
    heading = trimmed;
    const tagged = taggedLine.exec(trimmed);
    if (tagged !== null && announcesTitles(tagged[1]!.replaceAll('_', ' '))) heading = `${tagged[1]}: ${tagged[2]}`;
    for (let found = 0; found < maximumInlineLists && heading !== ''; found++) {
      const inline = readInlineList(heading, isKnown);
      if (inline === undefined) break;
      const { rest } = inline;
      heading = inline.heading.trim();
      open({
        bracketed: false,
        labels: inline.entries.map((entry, index) => entry.label ?? String(index + 1)),
        entries: inline.entries.map((entry) => entry.text),
      });
      heading = rest.trim();
    }
  }
  flush();
  return parts;
}

function isEntry(line: string): boolean {
  return line.length <= maximumEntry && listEntry.test(line);
}

/** After a blank line a list goes on with its next number, or with another bullet. */
function goesOn({ labels }: PromptList, label: string | undefined): boolean {
  const last = labels.at(-1)!;
  return label === undefined || Number(label) === Number(last) + 1;
}

/** The last line of a text is the heading of what follows; what stands before it. */
function takeHeading(text: string): { readonly before: string; readonly heading: string } {
  const trimmed = text.trimEnd();
  const line = trimmed.lastIndexOf('\n') + 1;
  const [before, heading] = splitHeading(trimmed.slice(line).trim());
  return { before: `${trimmed.slice(0, line)}${before}`, heading };
}

/** A line may end with the heading and begin with other sentences. */
function splitHeading(line: string): readonly [before: string, heading: string] {
  let cut = 0;
  for (const { index, 0: mark } of line.matchAll(lastSentence)) cut = index + mark.length;
  return [line.slice(0, cut).trim(), line.slice(cut)];
}
