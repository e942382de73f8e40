import { InvalidArgumentError } from '@rppkit/spec';

/** Numbers by the name under which the caller passed them. */
type NamedNumbers = Readonly<Record<string, number>>;

/** Throws `InvalidArgumentError` for the first that is not an integer of at least 1. */
export function assertPositiveIntegers(numbers: NamedNumbers): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError(name, 'a positive integer', value);
  }
}

/** Throws `InvalidArgumentError` for the first that is not finite and above 0. */
export function assertPositive(numbers: NamedNumbers): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!(Number.isFinite(value) && value > 0)) throw new InvalidArgumentError(name, 'finite and above 0', value);
  }
}

/** Throws `InvalidArgumentError` for the first that is not finite and at least 0. */
export function assertNotNegative(numbers: NamedNumbers): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (!(Number.isFinite(value) && value >= 0)) throw new InvalidArgumentError(name, 'finite and at least 0', value);
  }
}
