import { describeValue, InvalidArgumentError } from '@rppkit/spec';

/** Throws `InvalidArgumentError` for a value outside a closed list, which untyped callers can pass. */
export function assertOneOf<Value extends string>(name: string, value: Value, allowed: readonly Value[]): void {
  if (allowed.includes(value)) return;
  throw new InvalidArgumentError(name, allowed.map(describeValue).join(' or '), value);
}
