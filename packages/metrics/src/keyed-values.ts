import { describeValue, InvalidArgumentError } from '@rppkit/spec';
import { isTagged } from './assert-arguments.ts';

/**
 * Values by name: a `Map` or a plain object. A `Map` keeps the order in which names were entered; JavaScript lists the
 * names of an object that look like integers first, in numeric order.
 */
export type KeyedValues<Value> = ReadonlyMap<string, Value> | Readonly<Record<string, Value>>;

/** Names, and the value of each. */
export interface NamedValues<Value> {
  readonly names: readonly string[];
  readonly values: readonly Value[];
}

/**
 * Reads keyed values in their order. Throws `InvalidArgumentError` at the place `argument`, or that of `user` in it, for
 * anything else than a `Map` or a plain object (what is `expected` there), and for names that are no texts.
 */
export function readEntries<Value>(
  keyed: KeyedValues<Value>,
  expected: string,
  argument: string,
  user?: string,
): NamedValues<Value> {
  if (isRecord(keyed)) {
    const names = Object.keys(keyed);
    return { names, values: names.map((name) => keyed[name]!) };
  }
  if (!isTagged(keyed, 'Map')) throw new InvalidArgumentError(describePlace(argument, user), expected, keyed);
  const names = [...keyed.keys()];
  assertTexts(names, argument, user);
  return { names, values: [...keyed.values()] };
}

/** The value of a name in values that were read before; undefined where there is none. */
export function findValue<Value>(keyed: KeyedValues<Value>, name: string): { readonly value: Value } | undefined {
  if (isRecord(keyed)) return Object.hasOwn(keyed, name) ? { value: keyed[name]! } : undefined;
  return keyed.has(name) ? { value: keyed.get(name)! } : undefined;
}

/** Throws `InvalidArgumentError` for an item or user that is no text: a number would equal none. */
export function assertTexts(names: readonly unknown[], argument: string, user?: string): void {
  for (let index = 0; index < names.length; index++) {
    if (typeof names[index] === 'string') continue;
    const place = `id ${index} of ${describePlace(argument, user)}`;
    throw new InvalidArgumentError(place, 'a text', names[index], 'Write ids as texts.');
  }
}

/** A place in an argument, such as `rankings["ann"]["heat"]`. */
export function describePlace(argument: string, user?: string, item?: string): string {
  const keys = [user, item].filter((key) => key !== undefined);
  return argument + keys.map((key) => `[${describeValue(key)}]`).join('');
}

/** True for what `{}` and `Object.create(null)` make, in any realm; sets, arrays and class instances are none. */
function isRecord<Value>(keyed: KeyedValues<Value>): keyed is Readonly<Record<string, Value>> {
  if (!keyed) return false;
  const prototype: unknown = Object.getPrototypeOf(keyed);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
