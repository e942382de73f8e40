import { InvalidArgumentError } from '@rppkit/spec';

/** Throws `InvalidArgumentError` where `value` is no integer of at least `minimum`. */
export function assertInteger(argument: string, value: number, minimum: number): void {
  if (Number.isInteger(value) && value >= minimum) return;
  throw new InvalidArgumentError(
    argument,
    minimum === 1 ? 'a positive integer' : `an integer of at least ${minimum}`,
    value,
  );
}

/** Throws `InvalidArgumentError` where `value` is no finite number of at least `minimum`. */
export function assertAtLeast(argument: string, value: number, minimum: number, advice?: string): void {
  if (Number.isFinite(value) && value >= minimum) return;
  throw new InvalidArgumentError(argument, `a finite number of at least ${minimum}`, value, advice);
}

/** Throws `InvalidArgumentError` where `value` is no finite number above 0. */
export function assertPositive(argument: string, value: number): void {
  if (!(Number.isFinite(value) && value > 0))
    throw new InvalidArgumentError(argument, 'a finite number above 0', value);
}
