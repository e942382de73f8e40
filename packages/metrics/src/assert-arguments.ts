import { InvalidArgumentError } from '@rppkit/spec';

/** Throws `InvalidArgumentError` unless an option has one of the values that it may have. */
export function assertChoice(option: string, received: string, choices: readonly string[]): void {
  if (choices.includes(received)) return;
  throw new InvalidArgumentError(option, `one of ${choices.map((choice) => `'${choice}'`).join(', ')}`, received);
}

/** Throws `InvalidArgumentError` unless a number is 1, 2, 3 … */
export function assertPositiveInteger(argument: string, received: number): void {
  if (Number.isInteger(received) && received > 0) return;
  throw new InvalidArgumentError(argument, 'a positive integer', received, 'Pass 1 or more.');
}
