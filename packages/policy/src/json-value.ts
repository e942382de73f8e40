import { InvalidArgumentError } from '@rppkit/spec';

/** What JSON can hold. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * Throws `InvalidArgumentError`, which names the place, where JSON would drop, change or refuse something: numbers that
 * are not finite, undefined, functions, symbols, bigints, objects of a class (dates, maps, typed arrays) and cycles.
 */
export function assertJsonValue(argument: string, value: unknown, ancestors: readonly unknown[] = []): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value)) return;
  if (ancestors.includes(value)) throw new InvalidArgumentError(argument, 'free of cycles', value);
  if (Array.isArray(value)) {
    // entries() visits holes too, which JSON would turn into null.
    for (const [index, item] of value.entries()) assertJsonValue(`${argument}[${index}]`, item, [...ancestors, value]);
  } else if (isPlainObject(value)) {
    for (const [key, item] of Object.entries(value)) assertJsonValue(`${argument}.${key}`, item, [...ancestors, value]);
  } else {
    throw new InvalidArgumentError(argument, 'a value that JSON can hold', value);
  }
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  // Object.prototype of whichever realm, or none.
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
