import { type Answer, outside } from './answer.ts';

/** What an entry may begin with: emphasis and opening quotes. */
const opening = /[\s*_`~"'“‘«《〈「『【〔]*/y;
/** `[3]`, `#3`, `Candidate 3`, `候选3`, `第3项`, and what stands between it and a title. */
const indexed =
  /(?:[[【]\s*(?:#|no\.? ?)?(\d{1,4})\s*[\]】]|#(\d{1,4})(?!\d)|[[(（]?\s*(?:candidate|item|option|choice|index|id)\s*(?:#|no\.? ?|number )?\s*[:：]?\s*\[?(\d{1,4})(?!\d)[\]）)]?|(?:候选(?:项|人|电影|影片|作品|商品|书)?|编号|选项|序号|第)\s*[:：]?\s*\[?(\d{1,4})(?!\d)\]?\s*[项号]?)[\s*_`~]*(?:[.:：)）、=|，-]+(?!\d))?[\s*_`~]*/iy;
const label = /(?:title|name|movie|film|game|book|album|song|product|片名|书名|电影|名称|标题)\s*[:：]\s*/iy;

/** The candidate of a number as the prompt showed it. */
export function resolveIndex(value: number, { firstIndex, count }: Answer): number {
  const candidate = value - firstIndex;
  return candidate >= 0 && candidate < count ? candidate : outside;
}

/** The number in front of an entry, `[3]` or `Candidate 3`, and where the rest of the entry begins; -1 without a number. */
export function readIndex(text: string, answer: Answer): { readonly index: number; readonly from: number } {
  opening.lastIndex = 0;
  opening.test(text);
  // The opening may have taken the bracket of `【3】`.
  for (const start of opening.lastIndex > 0 ? [opening.lastIndex, opening.lastIndex - 1] : [0]) {
    indexed.lastIndex = start;
    const match = indexed.exec(text);
    if (match === null) continue;
    const digits = match[1] ?? match[2] ?? match[3] ?? match[4];
    return { index: resolveIndex(Number(digits), answer), from: indexed.lastIndex };
  }
  label.lastIndex = opening.lastIndex;
  return { index: -1, from: label.test(text) ? label.lastIndex : 0 };
}
