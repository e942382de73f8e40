import { expect } from 'vitest';
import { RppError } from '../rpp-error.ts';

/** Runs `action`, expects it to throw or reject with an `RppError`, and returns that error. */
export async function expectRppError(what: string, action: () => unknown): Promise<RppError> {
  let thrown: unknown;
  let ended = false;
  try {
    await action();
    ended = true;
  } catch (error) {
    thrown = error;
  }
  if (ended) expect.fail(`${what} must throw or reject, but it succeeded`);
  if (!RppError.isInstance(thrown)) expect.fail(`${what} must throw an RppError, received ${String(thrown)}`);
  return thrown as RppError;
}
