import type { Answer, Entry, List } from './answer.ts';
import { maskTitles } from './mask-titles.ts';
import { matchEntry } from './match-entry.ts';
import { resolveIndex } from './read-index.ts';
import { type JsonPart, type JsonValue, readJson } from './read-json.ts';
import { readLines } from './read-lines.ts';
import { readMarker } from './read-marker.ts';

type JsonObject = Extract<JsonValue, { kind: 'object' }>;

const titleField =
  /^(?:(?:item|movie|film|game|book|album|song|product|candidate)?[_ ]?(?:title|name)|item|movie|film|game|book|album|song|product|headline|article|news|candidate|label|text|标题|片名|书名|影片名?|名称|名字|电影(?:名称?)?|书籍|商品|产品|游戏|候选(?:项|名称)?|作品|项目)$/i;
const indexField =
  /^(?:(?:item|movie|film|candidate|book|game)?[_ ]?(?:index|idx|id|number|no|num)|item|candidate|option|索引|编号|序号|候选(?:编号|序号|项|人)?|标号|号码)$/i;
const rankField = /^(?:rank|ranking|position|pos|place|order|排名|名次|排序|位次|顺位|顺序)$/i;
const rankingField = /rank|order|result|recommend|final|answer|sorted|list|output|排名|排序|结果|推荐|顺序|答案|名单/i;
const otherField =
  /scor|rating|confiden|probab|weight|year|input|history|watched|candidates|exclu|reject|draft|分|年|历史|候选|草稿|初稿/i;

/** Of more arrays and objects than these the last ones count. */
const maximumParts = 500;

/** Lists in JSON, and the parts of the answer that they take. */
export interface JsonLists {
  readonly lists: List[];
  readonly taken: (readonly [from: number, to: number])[];
}

/** Arrays of titles or numbers, arrays or lines of objects, and maps from rank to title, wherever they stand. */
export function readJsonLists(answer: Answer, depth = 0): JsonLists {
  const { body, masked } = answer;
  const found: JsonLists = { lists: [], taken: [] };
  if (!/[[{【]/.test(masked)) return found;
  const parts = readJson(body, masked, answer).slice(-maximumParts);
  for (let at = 0; at < parts.length; ) {
    const group = takeLines(answer, parts, at);
    const lists: List[] = [];
    const { from } = parts[at]!;
    const { to } = parts[at + group - 1]!;
    const value: JsonValue =
      group > 1 ? { kind: 'array', items: parts.slice(at, at + group).map((part) => part.value) } : parts[at]!.value;
    readValue(answer, value, { at: from, depth, lists });
    at += group;
    const usable = lists.filter(({ entries }) => entries.length >= Math.min(2, answer.count));
    found.lists.push(...usable);
    if (usable.length > 0 && ownsLine(masked, from, value)) found.taken.push([from, to]);
  }
  return found;
}

/** How many parts from `first` on are objects on lines of their own, each an entry; 1 where they are not. */
function takeLines({ masked }: Answer, parts: readonly JsonPart[], first: number): number {
  let count = 1;
  while (first + count < parts.length) {
    const [before, after] = [parts[first + count - 1]!, parts[first + count]!];
    if (!/^[\s,;]*$/.test(masked.slice(before.to, after.from))) break;
    if (!isFlatObject(before.value) || !isFlatObject(after.value)) break;
    count++;
  }
  return count;
}

function isFlatObject(value: JsonValue): boolean {
  if (value.kind !== 'object') return false;
  return !value.items.some((item) => item.kind === 'array');
}

/** Numbers in brackets behind other text may be no more than a reference. */
function ownsLine(masked: string, from: number, value: JsonValue): boolean {
  if (value.kind === 'text' || value.kind === 'number') return false;
  if (value.kind === 'object' || value.items.some((item) => item.kind !== 'number')) return true;
  const line = `\n${masked.slice(Math.max(0, from - 30), from)}`;
  return /(?:\n|[:：=`]|\bis|为|是)[\s*_`]*$/.test(line);
}

interface Reading {
  readonly at: number;
  readonly depth: number;
  readonly lists: List[];
}

function readValue(answer: Answer, value: JsonValue, reading: Reading): void {
  if (value.kind === 'array') readArray(answer, value.items, reading);
  else if (value.kind === 'object') readObject(answer, value, reading);
  else if (value.kind === 'text') readNested(answer, value.text, reading);
}

function readArray(answer: Answer, items: readonly JsonValue[], reading: Reading): void {
  const entries: Entry[] = [];
  const ranks: number[] = [];
  for (const item of items) {
    if (answer.budget.entries-- <= 0) break;
    const entry = readEntry(answer, item);
    if (entry === 'nothing') continue;
    if (entry === undefined) {
      readValue(answer, item, reading);
      continue;
    }
    entries.push(entry);
    ranks.push(item.kind === 'object' ? findRank(item) : Number.NaN);
  }
  if (entries.length > 0) add(entries, ranks, reading);
}

function add(entries: Entry[], ranks: readonly number[], { at, lists }: Reading): void {
  lists.push({ entries: sortByRanks(entries, ranks), at, json: true });
}

/** Sorts where the ranks are 1 … n, each once. */
function sortByRanks(entries: Entry[], ranks: readonly number[]): Entry[] {
  const sorted: Entry[] = [];
  ranks.forEach((rank, at) => {
    if (rank >= 1 && rank <= entries.length && sorted[rank - 1] === undefined) sorted[rank - 1] = entries[at]!;
  });
  return sorted.filter(() => true).length === entries.length ? sorted : entries;
}

/** One element of a list; undefined for what may hold lists itself, 'nothing' for what says that there is no entry. */
function readEntry(answer: Answer, value: JsonValue): Entry | 'nothing' | undefined {
  if (value.kind === 'text')
    return value.text.trim() === '' ? 'nothing' : (matchEntry(value.text.trim(), answer) ?? 'nothing');
  if (value.kind === 'number') return readNumber(answer, value.value, value.text);
  if (value.kind === 'object') return readFields(answer, value);
  // Pairs: a title, and a number with it.
  const [first, ...rest] = value.items;
  if (first?.kind !== 'text' || rest.some((item) => item.kind !== 'number')) {
    if (value.items.length === 1 && first?.kind === 'number') return readNumber(answer, first.value, first.text);
    const text = value.items.find((item) => item.kind === 'text');
    return value.items.length === 2 && first?.kind === 'number' && text?.kind === 'text'
      ? (matchEntry(text.text, answer) ?? 'nothing')
      : undefined;
  }
  return matchEntry(first.text, answer) ?? 'nothing';
}

function readNumber(answer: Answer, value: number, text: string): Entry | 'nothing' {
  if (!Number.isInteger(value)) return 'nothing';
  const title = answer.titles.exact.get(text) ?? -1;
  return {
    text,
    title: title >= 0 ? title : -1,
    approximate: false,
    index: resolveIndex(value, answer),
    bare: true,
    whole: true,
  };
}

/** An object with a title, a number, or both. */
function readFields(answer: Answer, { keys, items }: JsonObject, inner = 0): Entry | 'nothing' | undefined {
  let named: Entry | undefined;
  let title = '';
  let nothing = false;
  let index: string | undefined;
  keys.forEach((name, at) => {
    const value = items[at]!;
    const key = name.trim();
    if (titleField.test(key) && value.kind === 'text' && title === '') {
      const entry = matchEntry(value.text.trim(), answer);
      if (entry === undefined) nothing = true;
      else if (entry.bare && entry.title < 0 && indexField.test(key)) index ??= String(entry.index + answer.firstIndex);
      else [named, title] = [entry, value.text.trim()];
    } else if (value.kind === 'object' && inner === 0 && titleField.test(key)) {
      const entry = readFields(answer, value, 1);
      if (entry !== undefined && entry !== 'nothing') named = entry;
    }
    if (
      indexField.test(key) &&
      (value.kind === 'number' || (value.kind === 'text' && /^\W{0,2}\d{1,4}\W{0,2}$/.test(value.text)))
    ) {
      index ??= /\d+/.exec(value.text)?.[0];
    }
  });
  if (named === undefined && title === '' && !nothing && index === undefined) named = findExactText(answer, items);
  if (index === undefined) return named ?? (nothing ? 'nothing' : undefined);
  if (named === undefined) return readNumber(answer, Number(index), index);
  if (named.title >= 0) return named;
  return matchEntry(`[${index}] ${title}`, answer, { fuzzy: false }) ?? 'nothing';
}

/** Under a field of another name, a text that is a title counts if there is just one. */
function findExactText(answer: Answer, items: readonly JsonValue[]): Entry | undefined {
  let found: Entry | undefined;
  for (const item of items) {
    if (item.kind !== 'text' || item.text.length > 200) continue;
    const entry = matchEntry(item.text.trim(), answer, { fuzzy: false });
    if (entry === undefined || entry.title < 0 || !entry.whole || entry.approximate) continue;
    if (found !== undefined && found.title !== entry.title) return undefined;
    found = entry;
  }
  return found;
}

function findRank({ keys, items }: JsonObject): number {
  for (let at = 0; at < keys.length; at++) {
    const item = items[at]!;
    if (!rankField.test(keys[at]!.trim())) continue;
    if (item.kind === 'number') return item.value;
    if (item.kind === 'text') return Number(/^\D{0,3}(\d{1,3})\D{0,3}$/.exec(item.text)?.[1] ?? Number.NaN);
  }
  return Number.NaN;
}

function readObject(answer: Answer, object: JsonObject, reading: Reading): void {
  const { keys, items } = object;
  if (keys.length >= 2 && readMap(answer, object, reading)) return;
  if (keys.length === 1 && answer.count === 1 && readMap(answer, object, reading)) return;
  const entry = readFields(answer, object);
  if (entry !== undefined && entry !== 'nothing' && answer.count === 1)
    reading.lists.push({ entries: [entry], at: reading.at, json: true });
  const named: List[] = [];
  const others: List[] = [];
  keys.forEach((key, at) => {
    const value = items[at]!;
    if (value.kind === 'number' || /scor|rating|confiden|probab|weight|year|评分|分数|得分|年份/i.test(key)) return;
    const ranking = rankingField.test(key) && !otherField.test(key);
    // Other fields may quote titles in their reasons.
    if (value.kind === 'text' && !ranking && !/^\s*[[{]|\n/.test(value.text)) return;
    readValue(answer, value, { ...reading, lists: ranking ? named : others });
  });
  const usable = named.some(
    ({ entries }) => entries.filter(({ title, index }) => title >= 0 || index >= 0).length >= Math.min(2, answer.count),
  );
  reading.lists.push(...(usable ? named : [...others, ...named]));
}

/** `{"1": "Title"}`, from rank to entry, or `{"Title": 1}`, from title to rank. */
function readMap(answer: Answer, { keys, items }: JsonObject, reading: Reading): boolean {
  const ranks = keys.map((key) => {
    const marker = readMarker(`${key}:`, 0, key.length + 1);
    return /^\d{1,3}$/.test(key.trim())
      ? Number(key)
      : marker.kind === 'number' && marker.from >= key.length
        ? marker.number
        : Number.NaN;
  });
  if (ranks.every((rank) => !Number.isNaN(rank))) {
    const entries = items.map((item) => readEntry(answer, item));
    if (entries.some((entry) => entry === undefined)) return false;
    const from = Math.min(...ranks) === 0 ? 1 : 0;
    const kept = entries.flatMap((entry, at) =>
      entry === 'nothing' || entry === undefined ? [] : [{ entry, rank: ranks[at]! + from }],
    );
    add(
      kept.map(({ entry }) => entry),
      kept.map(({ rank }) => rank),
      reading,
    );
    return true;
  }
  if (!items.every((item) => item.kind === 'number')) return false;
  const entries = keys.map((key) => matchEntry(key.trim(), answer, { fuzzy: false }));
  if (!entries.every((entry) => entry !== undefined && entry.title >= 0 && !entry.bare)) return false;
  const values = items.map((item) => (item.kind === 'number' ? item.value : 0));
  const sorted = sortByRanks(entries as Entry[], values);
  if (sorted === entries && !values.every((value, at) => at === 0 || value < values[at - 1]!)) return true;
  reading.lists.push({ entries: sorted, at: reading.at, json: true });
  return true;
}

/** JSON or a list inside a text of JSON. */
function readNested(answer: Answer, text: string, reading: Reading): void {
  if (reading.depth >= 2 || text.length < 5 || answer.titles.texts.has(text.trim())) return;
  const nested: Answer = { ...answer, body: text, masked: maskTitles(text, answer.titles) };
  const inner = readJsonLists(nested, reading.depth + 1);
  const lists = inner.lists.length > 0 ? inner.lists : readLines(nested, []);
  for (const list of lists) reading.lists.push({ ...list, at: reading.at, json: true });
}
