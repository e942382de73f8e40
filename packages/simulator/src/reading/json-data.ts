import { announcesTitles, placeholder } from './list-headings.ts';
import type { PromptList } from './prompt-list.ts';

/** A piece of JSON in a text that holds titles. */
export interface JsonData {
  readonly start: number;
  /** Past its last bracket. */
  readonly end: number;
  /** Headings are the names of fields; empty where there is none. */
  readonly lists: readonly PromptList[];
  /** Its other values that are sentences. */
  readonly sentences: readonly string[];
}

const opening = /\[(?=\s{0,99}["'{[])|\{(?=\s{0,99}")/g;
/** A string of an array and what follows it, in the notation of JSON or Python. */
const element = /\s{0,99}(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')\s{0,99}([,\]])/y;
const escaped = /\\(.)/g;
const labelled = /^(?:\[(\w{1,3})\]|(\d{1,3})[.):])\s+(\S.*)$/;
const titleField = /^(?:title|name|movie|film|item|book|game|song|product|headline|片名|标题|名称|名字|书名|歌名)$/i;
const labelField = /^(?:id|index|number|label|no|编号|序号)$/i;
const shortKey = /^\w{1,3}$/;
const hyphens = /[_-]+/g;
const humps = /(?<=[a-z])(?=[A-Z])/g;
/** Pieces of JSON tried in one text: each may reach to its end. */
const maximumPieces = 8;
const maximumDepth = 6;
const sentenceWords = 3;

/**
 * Finds JSON that holds lists of titles: arrays of strings (in single quotation marks, too), arrays of objects with a title,
 * objects from label to title. They count where at least two and half of their titles are known, or where their field says so,
 * or else the heading that `readHeading` finds in the text before; lists of placeholders never do.
 */
export function findJsonData(
  text: string,
  isKnown: (title: string) => boolean,
  readHeading: (before: string) => string,
): readonly JsonData[] {
  const found: JsonData[] = [];
  let past = 0;
  let pieces = 0;
  for (const { index } of text.matchAll(opening)) {
    if (index < past) continue;
    if (pieces++ === maximumPieces) break;
    const piece = readJson(text, index) ?? readStrings(text, index);
    if (piece === undefined) continue;
    const { value, end } = piece;
    past = end;
    const lists: PromptList[] = [];
    const sentences: string[] = [];
    const heading = readHeading(text.slice(found.at(-1)?.end ?? 0, index));
    collect(value, '', { isKnown, heading, lists, sentences }, 0);
    if (lists.length > 0) found.push({ start: index, end, lists, sentences });
  }
  return found;
}

/** Past the bracket that closes the one at `start`; undefined where none does. */
function findEnd(text: string, start: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index++) {
    const character = text[index]!;
    if (quoted) {
      if (character === '\\') index++;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '[' || character === '{') depth++;
    else if ((character === ']' || character === '}') && --depth === 0) return index + 1;
  }
  return undefined;
}

interface Piece {
  readonly value: unknown;
  readonly end: number;
}

function readJson(text: string, start: number): Piece | undefined {
  const end = findEnd(text, start);
  if (end === undefined) return undefined;
  try {
    return { value: JSON.parse(text.slice(start, end)), end };
  } catch {
    return undefined;
  }
}

/** `['Heat', "Singin' in the Rain"]`, as Python prints it. */
function readStrings(text: string, start: number): Piece | undefined {
  if (text[start] !== '[') return undefined;
  const value: string[] = [];
  element.lastIndex = start + 1;
  for (;;) {
    const match = element.exec(text);
    if (match === null) return undefined;
    value.push((match[1] ?? match[2]!).replaceAll(escaped, '$1'));
    if (match[3] === ']') return { value, end: element.lastIndex };
  }
}

interface Collection {
  readonly isKnown: (title: string) => boolean;
  readonly heading: string;
  readonly lists: PromptList[];
  readonly sentences: string[];
}

function collect(value: unknown, name: string, collection: Collection, depth: number): void {
  const { lists, sentences } = collection;
  if (typeof value === 'string') {
    if (value.split(' ').length >= sentenceWords || /\p{Script=Han}{4}/u.test(value)) sentences.push(value);
    return;
  }
  if (typeof value !== 'object' || value === null || depth === maximumDepth) return;
  const list = Array.isArray(value) ? readArray(value, name) : readLabelled(value, name);
  if (list !== undefined && holdsTitles(list, collection)) {
    lists.push(list);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    collect(
      inner,
      Array.isArray(value) ? name : key.replaceAll(hyphens, ' ').replaceAll(humps, ' '),
      collection,
      depth + 1,
    );
  }
}

function readArray(values: readonly unknown[], heading: string): PromptList | undefined {
  const strings = values.filter((value) => typeof value === 'string');
  if (strings.length > 0) return createList(heading, strings, []);
  const entries: string[] = [];
  const labels: string[] = [];
  for (const value of values) {
    if (typeof value !== 'object' || value === null) return undefined;
    const fields = Object.entries(value);
    const title = fields.find(([key, inner]) => titleField.test(key) && typeof inner === 'string')?.[1];
    if (title === undefined) return undefined;
    entries.push(title as string);
    const label = fields.find(
      ([key, inner]) => labelField.test(key) && (typeof inner === 'string' || typeof inner === 'number'),
    );
    if (label !== undefined) labels.push(String(label[1]));
  }
  return createList(heading, entries, labels);
}

/** `{"A": "Heat", "B": "Up"}`. */
function readLabelled(value: object, heading: string): PromptList | undefined {
  const fields = Object.entries(value);
  if (!fields.every(([key, inner]) => shortKey.test(key) && typeof inner === 'string')) return undefined;
  return createList(
    heading,
    fields.map(([, inner]) => inner as string),
    fields.map(([key]) => key),
  );
}

function createList(heading: string, entries: string[], labels: string[]): PromptList {
  const marked = labels.length > 0 ? [] : entries.map((entry) => labelled.exec(entry));
  if (marked.length > 0 && marked.every((match) => match !== null)) {
    return {
      heading,
      bracketed: false,
      entries: marked.map((match) => match[3]!),
      labels: marked.map((match) => match[1] ?? match[2]!),
    };
  }
  const complete = labels.length === entries.length;
  return {
    heading,
    bracketed: false,
    entries,
    labels: complete ? labels : entries.map((_, index) => String(index + 1)),
  };
}

function holdsTitles({ heading, entries }: PromptList, { isKnown, heading: before }: Collection): boolean {
  const known = entries.filter(isKnown).length;
  if (known >= 2 && 2 * known >= entries.length) return true;
  if (entries.length === 0 || !announcesTitles(heading === '' ? before : heading)) return false;
  return known > 0 || !entries.every((entry) => placeholder.test(entry));
}
