/** A part of a text. */
export type Span = readonly [from: number, to: number];

/** "(2) > (1)", "3 - 1 - 2": the number is no marker but the beginning of a chain. */
export function isNumberChain(text: string, start: number, [from, to]: Span): boolean {
  if (/^[>→≻=,;、|][ \t]*(?:[[(（#]?\d|[①-⑳])/.test(text.slice(from, Math.min(to, from + 8)))) return true;
  return to - start < 600 && /^\s*\d{1,3}(?:\s[-–—]\s\d{1,3}){2,}\s*$/.test(text.slice(start, to));
}

/** "Title: because", "Title - because" on a line of its own. */
export function isListLike(text: string, follows: boolean): boolean {
  return follows ? /[:：]|\s[-–—]\s|——|—|[(（]/.test(text) : /[:：]|\s[-–—]\s|——|—|\)\s*$/.test(text);
}

/** A line between titles that could be one: no sentence, no heading. */
export function isTitleLike(text: string): boolean {
  return !/[.:：。！!?？]\W*$/u.test(text) && /^\W*(?:\p{Lu}|\p{N}|\p{Lo})/u.test(text) && text.split(' ').length <= 10;
}

/** Whether a part of a text is white space. */
export function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at);
    if (unit !== 32 && unit !== 9 && unit !== 0x3000 && unit !== 0xa0) return false;
  }
  return true;
}

/** A part of a text without the white space around it. */
export function trimSpan(text: string, from: number, to: number): Span {
  let [first, last] = [from, to];
  while (first < last && isSpace(text.charCodeAt(first))) first++;
  while (last > first && isSpace(text.charCodeAt(last - 1))) last--;
  return [first, last];
}

function isSpace(unit: number): boolean {
  return unit === 32 || unit === 9 || unit === 0x3000 || unit === 0xa0;
}
