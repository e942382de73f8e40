import type { Answer, Entry } from './answer.ts';
import { matchEntry } from './match-entry.ts';
import { resolveIndex } from './read-index.ts';
import type { JsonValue } from './read-json.ts';

export type JsonObject = Extract<JsonValue, { kind: 'object' }>;

const titleField =
  /^(?:(?:item|movie|film|game|book|album|song|product|candidate)?[_ ]?(?:title|name)|item|movie|film|game|book|album|song|product|headline|article|news|candidate|label|text|标题|片名|书名|影片名?|名称|名字|电影(?:名称?)?|书籍|商品|产品|游戏|候选(?:项|名称)?|作品|项目)$/i;
const indexField =
  /^(?:(?:item|movie|film|candidate|book|game)?[_ ]?(?:index|idx|id|number|no|num)|item|candidate|option|索引|编号|序号|候选(?:编号|序号|项|人)?|标号|号码)$/i;
const rankField = /^(?:rank|ranking|position|pos|place|order|排名|名次|排序|位次|顺位|顺序)$/i;

/** One element of a list; undefined for what may hold lists itself, 'nothing' for what says that there is no entry. */
export function readEntry(answer: Answer, value: JsonValue): Entry | 'nothing' | undefined {
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
export function readFields(answer: Answer, { keys, items }: JsonObject, inner = 0): Entry | 'nothing' | undefined {
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

/** The rank that an object states; NaN without one. */
export function findRank({ keys, items }: JsonObject): number {
  for (let at = 0; at < keys.length; at++) {
    const item = items[at]!;
    if (!rankField.test(keys[at]!.trim())) continue;
    if (item.kind === 'number') return item.value;
    if (item.kind === 'text') return Number(/^\D{0,3}(\d{1,3})\D{0,3}$/.exec(item.text)?.[1] ?? Number.NaN);
  }
  return Number.NaN;
}
