// What a token table cannot hold: a byte 0, and half a surrogate pair, which UTF-8 has no bytes for.
const unusable = /[\0\p{Surrogate}]/u;

/**
 * An id from a value of JSON or Parquet: a text without blanks around it, or a whole number as digits. Undefined where it is
 * neither, empty, or a number too large to be exact, since two ids could then become one.
 */
export function parseIdValue(value: unknown): string | undefined {
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))) return String(value);
  if (typeof value !== 'string' || unusable.test(value)) return undefined;
  const id = trimBlanks(value);
  return id === '' ? undefined : id;
}

/** Takes off the same as readers of separated files do, so that ids of files in both kinds are the same. */
function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === ' ') start++;
  while (end > start && text[end - 1] === ' ') end--;
  return text.slice(start, end);
}

const decimal = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/;

/** A finite number from a value of JSON or Parquet: a number, or a text that writes one; NaN for anything else. */
export function parseNumberValue(value: unknown): number {
  const isNumber = typeof value === 'number' || typeof value === 'bigint';
  const number = isNumber || (typeof value === 'string' && decimal.test(value.trim())) ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : Number.NaN;
}

/**
 * An attribute from a value of JSON or Parquet: a text, or a list of texts, without blanks around them and without empty
 * ones; numbers and booleans become text. `''` where there is none; undefined where the value is something else.
 */
export function parseAttributeValue(value: unknown): string | readonly string[] | undefined {
  if (!Array.isArray(value)) return parseTextValue(value);
  const texts = value.map(parseTextValue);
  return texts.every((text) => text !== undefined) ? texts.filter((text) => text !== '') : undefined;
}

function parseTextValue(value: unknown): string | undefined {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value.trim();
  return ['number', 'bigint', 'boolean'].includes(typeof value) ? String(value) : undefined;
}
