import { describeValue } from '@rppkit/spec';
import { PatternError } from './pattern-error.ts';

/** A JSON path of a field: `patterns[2].name`; the root is the empty text. */
export function joinPath(path: string, field: string | number): string {
  if (typeof field === 'number') return `${path}[${field}]`;
  return path === '' ? field : `${path}.${field}`;
}

/**
 * Asserts an object without unknown fields and returns it; a field whose value is undefined counts as absent. Throws
 * `PatternError` with the path.
 */
export function assertFields(
  value: unknown,
  path: string,
  fields: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw createShapeError(path, 'an object', value);
  }
  for (const [name, field] of Object.entries(value)) {
    if (field !== undefined && !fields.includes(name)) {
      throw new PatternError(
        `Expected ${nameRoot(path)} to have no other fields than ${fields.join(', ')}, received ${joinPath(path, name)}. Correct its name or remove it.`,
      );
    }
  }
  return value as Readonly<Record<string, unknown>>;
}

/** Asserts an array and returns it. Throws `PatternError` with the path. */
export function assertList(value: unknown, path: string): readonly unknown[] {
  if (!Array.isArray(value)) throw createShapeError(path, 'an array', value);
  return value;
}

/** Asserts a string, not blank unless `blank`, and returns it. Throws `PatternError` with the path. */
export function assertText(value: unknown, path: string, { blank = false }: { readonly blank?: boolean } = {}): string {
  if (typeof value !== 'string' || (!blank && value.trim() === '')) {
    throw createShapeError(path, blank ? 'a string' : 'a string that is not blank', value);
  }
  return value;
}

/** Asserts an integer of at least `minimum`. Throws `PatternError` with the path. */
export function assertInteger(value: unknown, path: string, minimum: number): void {
  if (!Number.isSafeInteger(value) || (value as number) < minimum) {
    throw createShapeError(path, `an integer of at least ${minimum}`, value);
  }
}

/** Asserts one of the named values. Throws `PatternError` with the path. */
export function assertOneOf(value: unknown, path: string, options: readonly (string | number | boolean)[]): void {
  if (!options.some((option) => option === value)) {
    throw createShapeError(path, `one of ${options.map((option) => JSON.stringify(option)).join(', ')}`, value);
  }
}

/** Asserts an array of distinct strings that are not blank. Throws `PatternError` with the path. */
export function assertNames(value: unknown, path: string): void {
  const seen = new Set<string>();
  assertList(value, path).forEach((entry, index) => {
    const name = assertText(entry, joinPath(path, index));
    if (seen.has(name)) throw createShapeError(joinPath(path, index), 'a name not listed before it', name);
    seen.add(name);
  });
}

/** The error for a value of the wrong shape at a path. */
export function createShapeError(path: string, expected: string, received: unknown): PatternError {
  const advice = received === undefined ? 'Add it.' : 'Correct it.';
  return new PatternError(
    `Expected ${nameRoot(path)} to be ${expected}, received ${describeValue(received)}. ${advice}`,
  );
}

function nameRoot(path: string): string {
  return path === '' ? 'the whole value' : path;
}
