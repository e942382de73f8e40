import { InvalidArgumentError } from '@rppkit/spec';

/** Throws `InvalidArgumentError` where a field of a saved state is no list of `length` finite numbers. */
export function assertNumbers(field: string, value: unknown, length: number): void {
  const expected = `${length} numbers, all finite`;
  if (!Array.isArray(value) || value.length !== length) throw new InvalidArgumentError(field, expected, value);
  const bad = value.findIndex((number) => !Number.isFinite(number));
  if (bad >= 0) throw new InvalidArgumentError(`${field}[${bad}]`, 'a finite number', value[bad]);
}

/** Throws `InvalidArgumentError` where a field is no positive integer. */
export function assertCount(field: string, value: unknown): void {
  if (!(Number.isInteger(value) && (value as number) >= 1)) {
    throw new InvalidArgumentError(field, 'a positive integer', value);
  }
}

/** Throws `InvalidArgumentError` where a field is no text with a visible character. */
export function assertName(field: string, value: unknown): void {
  if (!(typeof value === 'string' && /\S/.test(value))) throw new InvalidArgumentError(field, 'text', value);
}

/** Throws `InvalidArgumentError` where a field holds no object. */
export function assertObject(field: string, value: unknown): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidArgumentError(field, 'an object', value);
  }
}
