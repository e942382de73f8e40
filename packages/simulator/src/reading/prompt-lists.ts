import { readInlineList } from './inline-list.ts';

/** A list of a prompt as it is written. */
export interface PromptList {
  /** The sentence in front of it; empty where there is none. */
  readonly heading: string;
  readonly bracketed: boolean;
  /** What marks each entry; its place from 1 for bullets. */
  readonly labels: string[];
  readonly entries: string[];
}

/** `[1] A`, `[B] A`, `1. A`, `1) A`, `(1) A`, `1、A`, `1．A`, `A. …`, `- A`. */
const listEntry =
  /^\s*(?:\[(\w{1,3})\]\s*|【(\d{1,3})】\s*|[(（]?(\d{1,3})(?:[.)）:]\s+|[.)](?=[^\s\d.])|[、．）]\s*)|([A-Z])[.)]\s+|[-*•·]\s+)(.*\S)\s*$/;
const lastSentence = /[.!?。！？]\s*(?=\S)/g;
const maximumEntry = 2000;
const maximumInlineLists = 4;

/** The lists of a text and the sentences between them, in their order. */
export function readPromptLists(text: string, isKnown: (title: string) => boolean): (string | PromptList)[] {
  const parts: (string | PromptList)[] = [];
  let list: PromptList | undefined;
  let heading = '';
  const flush = (): void => {
    if (heading !== '') parts.push(heading);
    heading = '';
  };
  for (const line of text.split('\n')) {
    const match = line.length > maximumEntry ? null : listEntry.exec(line);
    if (match !== null) {
      if (list === undefined) {
        const [before, own] = splitHeading(heading);
        if (before !== '') parts.push(before);
        list = { heading: own, bracketed: match[1] !== undefined || match[2] !== undefined, labels: [], entries: [] };
        parts.push(list);
        heading = '';
      }
      list.labels.push(match[1] ?? match[2] ?? match[3] ?? match[4] ?? String(list.labels.length + 1));
      list.entries.push(match[5]!);
      continue;
    }
    const trimmed = line.trim();
    // A blank line may stand between a heading and its list.
    if (trimmed === '' && /[:：]$/.test(heading)) continue;
    list = undefined;
    flush();
    heading = trimmed;
    for (let place = 0; place < maximumInlineLists && heading !== ''; place++) {
      const inline = readInlineList(heading, isKnown);
      if (inline === undefined) break;
      const [before, own] = splitHeading(inline.heading.trim());
      if (before !== '') parts.push(before);
      parts.push({
        heading: own,
        bracketed: false,
        labels: inline.entries.map((entry, index) => entry.label ?? String(index + 1)),
        entries: inline.entries.map((entry) => entry.text),
      });
      heading = inline.rest.trim();
    }
  }
  flush();
  return parts;
}

/** A line may end with the heading and begin with other sentences. */
function splitHeading(line: string): readonly [before: string, heading: string] {
  let cut = 0;
  for (const { index, 0: mark } of line.matchAll(lastSentence)) cut = index + mark.length;
  return [line.slice(0, cut).trim(), line.slice(cut)];
}
