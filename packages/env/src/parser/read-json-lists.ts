import type { Answer, Entry, List } from './answer.ts';
import { maskTitles } from './mask-titles.ts';
import { matchEntry } from './match-entry.ts';
import { scored } from './read-chains.ts';
import { type JsonPart, type JsonValue, readJson } from './read-json.ts';
import { findRank, type JsonObject, readEntry, readFields } from './read-json-entry.ts';
import { readLines } from './read-lines.ts';
import { readMarker } from './read-marker.ts';

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
    if (value.kind === 'array' && isReference(answer, from, to, value.items)) continue;
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

/** Some numbers in the middle of a sentence, "as in [1, 3], but", or behind a word for scores. */
function isReference({ masked, count }: Answer, from: number, to: number, items: readonly JsonValue[]): boolean {
  if (items.length === 0 || items.some(({ kind }) => kind !== 'number')) return false;
  const before = masked.slice(Math.max(masked.lastIndexOf('\n', from) + 1, from - 40), from);
  if (scored.test(before)) return true;
  return (
    items.length < count &&
    /[\p{L}\p{N}][ \t]*$/u.test(before) &&
    !/(?:\bis|为|是)[ \t]*$/.test(before) &&
    /^[ \t]*[,;]?[ \t]*\p{Ll}/u.test(masked.slice(to, to + 10))
  );
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
