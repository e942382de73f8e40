import { announcesTitles } from './list-headings.ts';
import { readTitle } from './read-title.ts';

/** Lines of a text that are titles and nothing else. */
export interface TitleBlock {
  /** Where the block holds its own; else empty. */
  readonly heading: string;
  readonly labels: string[];
  readonly entries: string[];
  /** Lines that it takes. */
  readonly lines: number;
}

/** How lines are told apart. */
export interface TitleLineOptions {
  readonly isKnown: (title: string) => boolean;
  /** Whether a line is an entry of a marked list. */
  readonly isEntry: (line: string) => boolean;
}

const openingTag = /^<([\p{L}_][\p{L}\w-]{0,40})(?: [^<>]{0,200})?>$/u;
const element = /^<([\p{L}_][\p{L}\w-]{0,40})(?: [^<>]{0,200})?>(.*)<\/\1>$/u;
const separators = /[_-]+/g;
const sentence = /^\S+ \S+ \S+ .*[.!。！]$|\p{Script=Han}{4}.*[。！]$/u;
const headingLine = /[:：]$|^#/;
const maximumLength = 400;
/** Of a block between tags. */
const maximumLines = 500;

/**
 * Reads titles that stand in lines of their own without a mark, from the line at `start`: between tags that say so, such as
 * `<history>` and `</history>`, or at least two that are known, of which a few in between may be unknown. Undefined where
 * there are none.
 */
export function readTitleLines(
  lines: readonly string[],
  start: number,
  options: TitleLineOptions,
): TitleBlock | undefined {
  const first = lines[start]!.trim();
  const tag = first.startsWith('<') ? openingTag.exec(first)?.[1] : undefined;
  if (tag !== undefined) return readTagged(lines, start, tag, options);
  return readKnown(lines, start, options);
}

function readTagged(
  lines: readonly string[],
  start: number,
  tag: string,
  { isKnown, isEntry }: TitleLineOptions,
): TitleBlock | undefined {
  if (!announcesTitles(tag.replaceAll(separators, ' '))) return undefined;
  const opened = lines[start]!.trim();
  let end = start + 1;
  for (; lines[end]?.trim() !== `</${tag}>`; end++) {
    if (end >= lines.length || end - start > maximumLines || lines[end]!.trim() === opened) return undefined;
  }
  const inside = lines.slice(start + 1, end).filter((line) => line.trim() !== '');
  // A title or two may look like an entry: [REC].
  if (2 * inside.filter(isEntry).length > inside.length) return undefined;
  const entries = inside.map((line) => (element.exec(line.trim())?.[2] ?? line).trim());
  const known = entries.filter((entry) => isKnown(readTitle(entry, isKnown))).length;
  const sentences = entries.filter((entry) => sentence.test(entry)).length;
  if (known < 2 && (entries.length < 2 || 2 * sentences > entries.length)) return undefined;
  return createBlock(entries, end - start + 1, opened);
}

function readKnown(
  lines: readonly string[],
  start: number,
  { isKnown, isEntry }: TitleLineOptions,
): TitleBlock | undefined {
  if ((lines[start + 1] ?? '').trim() === '') return undefined;
  const isTitle = (line: string): boolean => line.length <= maximumLength && isKnown(readTitle(line, isKnown));
  if (!isTitle(lines[start]!.trim())) return undefined;
  const entries: string[] = [];
  let known = 0;
  let last = 0;
  for (let index = start; index < lines.length; index++) {
    const line = lines[index]!.trim();
    const isKnownTitle = isTitle(line);
    if (!isKnownTitle && (line === '' || line.startsWith('<') || headingLine.test(line) || isEntry(line))) break;
    if (!isKnownTitle && sentence.test(line)) break;
    entries.push(line);
    if (isKnownTitle) {
      known++;
      last = entries.length;
    }
  }
  return known < 2 || 2 * known < last ? undefined : createBlock(entries.slice(0, last), last, '');
}

function createBlock(entries: string[], lines: number, heading: string): TitleBlock {
  return { heading, labels: entries.map((_, index) => String(index + 1)), entries, lines };
}
