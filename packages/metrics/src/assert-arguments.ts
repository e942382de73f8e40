import { InvalidArgumentError } from '@rppkit/spec';

/** The largest number of candidates or items that the entries of an `Int32Array` can tell apart. */
export const largestCount: number = 2 ** 31 - 1;

/** Throws `InvalidArgumentError` unless an option has one of the values that it may have. */
export function assertChoice(option: string, received: string, choices: readonly string[]): void {
  if (choices.includes(received)) return;
  throw new InvalidArgumentError(option, `one of ${choices.map((choice) => `'${choice}'`).join(', ')}`, received);
}

/** Throws `InvalidArgumentError` unless a number is 1, 2, 3 … and at most `largest`. */
export function assertPositiveInteger(
  argument: string,
  received: number,
  largest: number = Number.POSITIVE_INFINITY,
): void {
  if (Number.isInteger(received) && received > 0 && received <= largest) return;
  const range = largest < Number.POSITIVE_INFINITY ? `to ${largest}` : 'or more';
  throw new InvalidArgumentError(argument, 'a positive integer', received, `Pass 1 ${range}.`);
}

/** Throws `InvalidArgumentError` unless all values are finite numbers of at least 0. */
export function assertAmounts(argument: string, values: ArrayLike<number>): void {
  assertArrayLike(argument, values);
  for (let index = 0; index < values.length; index++) {
    if (isAmount(values[index])) continue;
    throw new InvalidArgumentError(`${argument}[${index}]`, 'a finite number, at least 0', values[index]);
  }
}

/** Throws `InvalidArgumentError` unless all values are numbers, infinite ones included. */
export function assertNumbers(argument: string, values: ArrayLike<number>): void {
  assertArrayLike(argument, values);
  for (let index = 0; index < values.length; index++) {
    if (isNumber(values[index])) continue;
    throw new InvalidArgumentError(`${argument}[${index}]`, 'a number', values[index], 'NaN has no rank.');
  }
}

/** Throws `InvalidArgumentError` for all but arrays and typed arrays: a text or a `Set` would pass for an empty list. */
export function assertArrayLike(argument: string, values: unknown): void {
  if (typeof values === 'object' && Number.isInteger((values as ArrayLike<unknown> | null)?.length)) return;
  throw new InvalidArgumentError(argument, 'an array or a typed array', values);
}

/** True for a finite number of at least 0. */
export function isAmount(value: unknown): value is number {
  return Number.isFinite(value) && (value as number) >= 0;
}

/** True for a number that has a place among others: all but NaN. */
export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && !Number.isNaN(value);
}

/** True for what can name an item or a group: a text or a finite number. */
export function isIdentifier(value: unknown): value is string | number {
  return typeof value === 'string' || Number.isFinite(value);
}

/** True for a `Map`, an `Int32Array` and so on, of any realm, where `instanceof` knows only those of its own. */
export function isTagged(value: unknown, tag: 'Map' | 'Int32Array'): boolean {
  return (value as Readonly<Record<symbol, unknown>> | null | undefined)?.[Symbol.toStringTag] === tag;
}
