import type { Answer, Entry } from './answer.ts';

/** A list that may still go on. */
export interface OpenList {
  readonly entries: Entry[];
  /** Numbers of its lines; of bullets and bare titles none. */
  readonly numbers: number[];
  readonly at: number;
  readonly indent: number;
  /** How many of its entries an explanation followed on lines of its own. */
  explained: number;
}

/** Whether a numbered line belongs to the list before it: numbers rise, stay equal, count down, or are the candidates'. */
export function goesOn(
  { entries, numbers }: OpenList,
  number: number,
  entry: Entry | undefined,
  { firstIndex }: Answer,
): boolean {
  const last = numbers.at(-1)!;
  if (number > last)
    return !(
      numbers.length > 1 &&
      numbers[1]! < numbers[0]! &&
      numbers.length === entries.length &&
      isFalling(numbers)
    );
  if (number === last) return isConstant({ numbers });
  if (number === last - 1 && isFalling(numbers)) return true;
  if (entry === undefined || entry.title < 0 || entry.title + firstIndex !== number) return false;
  return entries.every(({ title }, at) => title !== entry.title && title + firstIndex === numbers[at]);
}

/** Whether all lines have one number, as Markdown allows. */
export function isConstant({ numbers }: { readonly numbers: readonly number[] }): boolean {
  return numbers[0] === numbers.at(-1) && numbers[0] === numbers[numbers.length >> 1];
}

function isFalling(numbers: readonly number[]): boolean {
  return numbers.length < 2 || numbers[0]! - numbers.at(-1)! === numbers.length - 1;
}

/** "n … 1" in front of the entries, unless these are the candidates' own numbers. */
export function isCountdown(entries: readonly Entry[], numbers: readonly number[], { firstIndex }: Answer): boolean {
  if (numbers.length < 2 || numbers.length !== entries.length || numbers.at(-1) !== 1 || numbers[0] !== numbers.length)
    return false;
  if (!numbers.every((number, at) => number === numbers.length - at)) return false;
  return !entries.every(({ title, index }, at) => (title >= 0 ? title : index) + firstIndex === numbers[at]);
}
